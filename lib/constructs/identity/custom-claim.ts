import { Token } from 'aws-cdk-lib';
import * as agentcore from 'aws-cdk-lib/aws-bedrockagentcore';
import type { JsonObject } from '../../contract/json';
import { type Diagnostic, diagnostic } from '../../diagnostics/diagnostic';
import { GovernanceError } from '../../diagnostics/governance-error';
import { oneByOne } from '../findings/one-by-one';

/** [model] AgentCore Control API, InboundTokenClaimNameType: no hyphen. */
const NAME_PATTERN = /^[A-Za-z0-9_./:]{1,255}$/;

/** [model] AgentCore Control API, MatchValueString. */
const VALUE_PATTERN = /^[A-Za-z0-9_.-]{1,255}$/;

/**
 * A claim without which the gateway refuses a token, before any policy is asked. All of them must hold.
 *
 * @example
 * Identity.oidc({
 *   discoveryUrl: 'https://issuer.example/.well-known/openid-configuration',
 *   customClaims: [CustomClaim.equals('tenant', 'acme'), CustomClaim.containsAny('roles', 'agent', 'operator')],
 * });
 */
export class CustomClaim {
  /** The claim is a text and equal to the value. */
  static equals(name: string, value: string): CustomClaim {
    return new CustomClaim(name, 'EQUALS', [value]);
  }

  /** The claim is an array and contains the value. */
  static contains(name: string, value: string): CustomClaim {
    return new CustomClaim(name, 'CONTAINS', [value]);
  }

  /** The claim is an array and contains at least one of the values. */
  static containsAny(name: string, ...values: string[]): CustomClaim {
    if (values.some((value) => Array.isArray(value))) throw oneByOne('CustomClaim.containsAny');
    return new CustomClaim(name, 'CONTAINS_ANY', values);
  }

  private constructor(
    /** Name of the claim. */
    readonly name: string,
    private readonly operator: 'EQUALS' | 'CONTAINS' | 'CONTAINS_ANY',
    /** Texts of which the claim must be or hold one. */
    readonly values: readonly string[],
  ) {
    const findings = check(name, values);
    if (findings.length > 0) throw new GovernanceError(findings);
  }

  /**
   * Whether the claim has to be an array.
   *
   * @internal
   */
  get _multiValued(): boolean {
    return this.operator !== 'EQUALS';
  }

  /**
   * The condition as aws-cdk-lib takes it.
   *
   * @internal
   */
  _render(): agentcore.GatewayCustomClaim {
    const [first = ''] = this.values;
    if (this.operator === 'EQUALS') return agentcore.GatewayCustomClaim.withStringValue(this.name, first);
    const operator = agentcore.CustomClaimOperator[this.operator];
    return agentcore.GatewayCustomClaim.withStringArrayValue(this.name, [...this.values], operator);
  }

  /**
   * The condition as the service's API spells it.
   *
   * @internal
   */
  _manifest(): JsonObject {
    const value: JsonObject =
      this.operator === 'CONTAINS_ANY'
        ? { matchValueStringList: [...this.values] }
        : { matchValueString: this.values[0] ?? '' };
    return {
      inboundTokenClaimName: this.name,
      inboundTokenClaimValueType: this.operator === 'EQUALS' ? 'STRING' : 'STRING_ARRAY',
      authorizingClaimMatchValue: { claimMatchOperator: this.operator, claimMatchValue: value },
    };
  }
}

function check(name: string, values: readonly string[]): Diagnostic[] {
  const findings: Diagnostic[] = [];
  if (!Token.isUnresolved(name) && !NAME_PATTERN.test(name)) {
    findings.push(diagnostic('IDENTITY_CUSTOM_CLAIM_NAME', { claim: name }));
  }
  if (values.length === 0) findings.push(diagnostic('IDENTITY_CUSTOM_CLAIM_VALUE', { claim: name, value: '' }));
  for (const value of values) {
    if (Token.isUnresolved(value) || VALUE_PATTERN.test(value)) continue;
    findings.push(diagnostic('IDENTITY_CUSTOM_CLAIM_VALUE', { claim: name, value }));
  }
  return findings;
}
