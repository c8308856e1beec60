import { isDeepStrictEqual } from 'node:util';
import type { Principal } from '../../../contract/claims';
import type { DeclaredClaim } from '../../../contract/manifest';
import type { DeclaredTrustedField } from '../../../contract/trusted-context';
import type { PolicySetInput } from '../../decision/model';
import { type PolicySet, preparePoliciesOver, preparePolicySet } from '../../decision/policy-set';
import type { ToolSchema } from '../../schema/schema-json';
import { evaluationArn } from '../../source/gateway-arn';
import { Prover } from '../prover';
import { SetDecisions } from '../set-decisions';

/** A gateway before or after a change. */
export interface ComparedGateway extends PolicySetInput {
  /** Entity type of the gateway's callers. */
  readonly principalType: Principal['type'];
  /** Claims that tokens carry. @default - nobody can know, and every text is possible */
  readonly claims?: readonly DeclaredClaim[] | undefined;
  /** Arguments that the interceptor fills, whatever the caller says. @default - none */
  readonly trusted?: readonly DeclaredTrustedField[] | undefined;
}

/** A gateway that is ready to be compared. */
export interface PreparedGateway {
  readonly gateway: ComparedGateway;
  readonly set: PolicySet;
}

/** Both gateways under one ARN: a policy is for the gateway that it stands in, whatever that one is called. */
export function preparedGateways(before: ComparedGateway, after: ComparedGateway): [PreparedGateway, PreparedGateway] {
  const gatewayArn = evaluationArn([...after.policies, ...before.policies], after.gatewayArn);
  const old = preparePolicySet({ ...before, gatewayArn });
  const hasSameTools = isDeepStrictEqual([before.targets, before.switches], [after.targets, after.switches]);
  const current = hasSameTools ? preparePoliciesOver(old, after.policies) : preparePolicySet({ ...after, gatewayArn });
  return [
    { gateway: before, set: old },
    { gateway: after, set: current },
  ];
}

/** Whether two gateways decide all calls of a tool alike because they have it, its policies and its callers in common: most tools of most changes. */
export function isUntouched(name: string, one: PreparedGateway, other: PreparedGateway): boolean {
  const [tool, same] = [one.set.schema.tools.get(name), other.set.schema.tools.get(name)];
  if (tool === undefined || same === undefined) return false;
  if (one.gateway.principalType !== other.gateway.principalType || other.set.schema.denied.has(name)) return false;
  return (
    isDeepStrictEqual(tool.input, same.input) && isDeepStrictEqual(textsOf(one.set, tool), textsOf(other.set, same))
  );
}

function textsOf(set: PolicySet, tool: ToolSchema): string[] {
  const active = set.candidates(tool).filter(({ policy }) => policy.enforcementMode === 'ACTIVE');
  return active.map(({ text }) => text).sort();
}

/** Names of the arguments of a tool that the interceptor fills. */
export function filledArguments({ gateway: { trusted = [] } }: PreparedGateway, tool: string): ReadonlySet<string> {
  return new Set(trusted.filter(({ tools }) => tools.includes(tool)).map(({ name }) => name));
}

/** What two sets decide for the same calls: those that callers of one of the gateways can make. */
export class SharedDecisions {
  readonly prover: Prover;
  readonly own: SetDecisions;
  readonly other: SetDecisions;

  constructor({ gateway, set }: PreparedGateway, other: PreparedGateway) {
    const { principalType, claims } = gateway;
    this.prover = new Prover({ gatewayArn: set.gatewayArn, principalType, claims });
    this.own = new SetDecisions(set, this.prover);
    this.other = new SetDecisions(other.set, this.prover);
  }
}
