import type { Claims, Principal } from '../../../contract/claims';
import { withoutFeignedProof } from '../../../contract/interceptor-proof';
import type { JsonObject } from '../../../contract/json';
import { joinToolName } from '../../../contract/tool-name';
import { authorize } from '../../decision/authorize';
import { explain } from '../../decision/explain';
import { listTools } from '../../decision/list-tools';
import type { Decision, ToolCall } from '../../decision/model';
import { type PolicySet, preparePolicySet } from '../../decision/policy-set';
import type { Persona } from '../file/test-file';
import { describeExplanation } from './describe-explanation';
import type { GatewayUnderTest } from './gateway-under-test';
import { claimsOf, principalOf } from './persona-claims';
import { policiesAlone } from './policies-alone';
import { intercept, remedyFor } from './trusted-values';
import type { CallOptions, CallResult, DecidedCall, ObservingBackend } from './verification-backend';

/** Time of calls that fix none, so that a run gives the same result whenever it runs. */
export const DEFAULT_NOW = new Date('2026-01-01T12:00:00Z');

/** The policy set of a gateway, enforcing: tests are about what the policies say, whatever the engine's mode. */
export function policySetUnderTest(gateway: GatewayUnderTest): PolicySet {
  const { policies, targets, gatewayArn, switches } = gateway;
  return preparePolicySet({ policies, targets, gatewayArn, mode: 'ENFORCE', ...(switches ? { switches } : {}) });
}

/** Policies that decide alone, and where the calls that they decide are told. */
interface Only {
  readonly policies: readonly string[];
  readonly decided: DecidedCall[];
}

/**
 * Runs tests against the policies, without a gateway: claims are derived as the identity provider would, trusted fields filled as the
 * REQUEST interceptor would, decisions made as the platform would. No tool runs.
 */
export class OfflineBackend implements ObservingBackend {
  readonly name = 'offline';
  readonly decided: DecidedCall[];
  private readonly schemas: ReadonlyMap<string, JsonObject>;

  constructor(
    private readonly gateway: GatewayUnderTest,
    readonly set: PolicySet = policySetUnderTest(gateway),
    private readonly only?: Only,
  ) {
    this.decided = only?.decided ?? [];
    this.schemas = new Map(
      gateway.targets.flatMap((target) =>
        target.tools.map((tool) => [joinToolName(target.name, tool.name), tool.inputSchema] as const),
      ),
    );
  }

  async call(persona: Persona, tool: string, args: JsonObject | undefined, options: CallOptions): Promise<CallResult> {
    return this.decide(persona, tool, args ?? {}, options);
  }

  async listTools(persona: Persona, now: Date = DEFAULT_NOW): Promise<readonly string[]> {
    return listTools(this.set, this.principal(persona), now);
  }

  alone(policies: readonly string[]): OfflineBackend {
    const { decided } = this;
    return new OfflineBackend(this.gateway, policiesAlone(this.set, policies), { policies, decided });
  }

  private decide(persona: Persona, tool: string, args: JsonObject, options: CallOptions): CallResult {
    const now = options.now ?? DEFAULT_NOW;
    const principal = this.principal(persona);
    const caller = { claims: this.claims(persona), now };
    const about = { name: tool, inputSchema: this.schemas.get(tool) };
    const interception = options.bypassesInterceptor
      ? { arguments: withoutFeignedProof(args) }
      : intercept(this.gateway.trusted, about, args, options.trusted, caller);
    if ('denied' in interception) {
      const { denied, field } = interception;
      const remedy = denied === 'unfilled' ? remedyFor(this.gateway.trusted, field, caller) : SPOOF_REMEDY;
      return deniedByInterceptor(denied, field, remedy);
    }
    const call: ToolCall = { principal, tool, input: interception.arguments, now };
    this.decided.push({ ...call, alone: this.only?.policies });
    // Explaining takes as long as ten decisions, and only failures are explained.
    return resultOf(authorize(this.set, call), () => describeExplanation(explain(this.set, call)));
  }

  private principal(persona: Persona): Principal {
    return principalOf(persona, this.gateway.identity);
  }

  private claims(persona: Persona): Claims {
    return persona.iam !== undefined || persona.anonymous ? {} : claimsOf(persona, this.gateway.identity);
  }
}

const SPOOF_REMEDY = 'move the value to `trusted`, or expect `by: interceptor` if the denial is meant';

function deniedByInterceptor(denied: 'spoofed' | 'unfilled', field: string, remedy: string): CallResult {
  const reason =
    denied === 'spoofed'
      ? `the client sent the trusted field \`${field}\``
      : `the interceptor finds no value for the trusted field \`${field}\``;
  return { kind: 'denied', by: 'interceptor', reason, determining: [], flips: [], why: () => [remedy] };
}

function resultOf(decision: Decision, why: () => readonly string[]): CallResult {
  const { determining, reason } = decision;
  const flips = decision.flips.map((flip) => flip.policy);
  switch (decision.outcome) {
    case 'ALLOW':
      return { kind: 'allowed', determining, flips };
    case 'DENY':
      return { kind: 'denied', by: 'policy', reason, determining, flips, why };
    case 'ERROR':
      return { kind: 'error', reason, determining, flips, why };
  }
}
