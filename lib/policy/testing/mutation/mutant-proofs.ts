import { IAM_ENTITY, OAUTH_USER, UNAUTHENTICATED_USER } from '../../../contract/claims';
import { PolicySet, type PreparedPolicy } from '../../decision/policy-set';
import { coversTool } from '../../decision/scope';
import { Comparison, type TellingCall } from '../../proof/comparison';
import type { ConfirmedAnswer } from '../../proof/confirmed';
import { Prover } from '../../proof/prover';
import { type GatewayUnderTest, principalTypeOf } from '../run/gateway-under-test';

/** Tools of one mutant about which proof may be at a loss: a hostile policy must not hold a run up. */
const MOST_UNDECIDED = 3;

const EVERY_TYPE = [OAUTH_USER, IAM_ENTITY, UNAUTHENTICATED_USER] as const;

/** Says of mutants whether any call that the gateway's callers can make tells them from their policy. */
export class MutantProofs {
  private readonly provers: readonly Prover[];

  constructor(
    gateway: GatewayUnderTest,
    private readonly set: PolicySet,
  ) {
    const types = gateway.identity === undefined ? EVERY_TYPE : [principalTypeOf(gateway)];
    const { gatewayArn } = set;
    const claims = gateway.identity?.claims;
    this.provers = types.map((principalType) => new Prover({ gatewayArn, principalType, claims }));
  }

  /** Both versions with the policy active: in LOG_ONLY it decides nothing, and what counts is what it would change. */
  comparison(original: PreparedPolicy, mutant: PreparedPolicy): Comparison {
    return new Comparison(withPolicy(this.set, active(original)), withPolicy(this.set, active(mutant)));
  }

  /** Outcomes count: that another policy decides the same is no difference. */
  difference(original: PreparedPolicy, mutant: PreparedPolicy): ConfirmedAnswer<TellingCall> {
    const comparison = this.comparison(original, mutant);
    const tools = [...this.set.schema.tools.values()].filter((tool) =>
      [original, mutant].some(({ json }) => coversTool(json, tool)),
    );
    const undecided: ConfirmedAnswer<TellingCall>[] = [];
    for (const prover of this.provers) {
      for (const tool of tools) {
        const found = comparison.on(prover, tool);
        if (found.kind === 'found') return found;
        if (found.kind === 'undecided') undecided.push(found);
        if (undecided.length >= MOST_UNDECIDED) break;
      }
    }
    return undecided[0] ?? { kind: 'never' };
  }
}

/** The set with another policy in the place of the one with its id. */
export function withPolicy(set: PolicySet, { policy, ...prepared }: PreparedPolicy): PolicySet {
  const policies = new Map(set.policies).set(policy.id, { policy, ...prepared });
  return new PolicySet(policies, set.schema, set.mode, set.gatewayArn, set.switches);
}

function active(prepared: PreparedPolicy): PreparedPolicy {
  return { ...prepared, policy: { ...prepared.policy, enforcementMode: 'ACTIVE' } };
}
