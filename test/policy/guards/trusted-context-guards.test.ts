import { describe, expect, it } from 'vitest';
import { IAM_ENTITY, principalFromIam, UNAUTHENTICATED_USER } from '../../../lib/contract/claims';
import type { JsonObject } from '../../../lib/contract/json';
import { LIMITS } from '../../../lib/contract/limits';
import { LOCAL_GATEWAY_ARN } from '../../../lib/contract/local-arn';
import { type TrustedField, withTrustedFields } from '../../../lib/contract/trusted-context';
import { authorize } from '../../../lib/policy/decision/authorize';
import { preparePolicySet } from '../../../lib/policy/decision/policy-set';
import { trustedContextGuards } from '../../../lib/policy/guards/trusted-context-guards';
import { boundStatement, writtenStatement } from '../../../lib/policy/text/statement-text';
import { validatePolicySet } from '../../../lib/policy/validation/validate';
import { callOf, PAY, payPolicy, policiesOf, targets } from '../subject';

function field(name: string, tools: readonly string[]): TrustedField {
  return { name, type: 'string', description: '', source: { kind: 'constant', value: 'x' }, tools };
}

describe('trustedContextGuards', () => {
  it('are what a person would write', () => {
    const [guard] = trustedContextGuards([field('geo-graphy', [PAY, 'hr-payroll___list'])], 'seed');
    expect(guard && writtenStatement(guard)).toBe(`forbid(
  principal is AgentCore::OAuthUser,
  action in [
    AgentCore::Action::"hr-payroll___create_payout",
    AgentCore::Action::"hr-payroll___list"
  ],
  resource == ?resource
) unless {
  context.input has "geo-graphy"
};`);
    expect(guard).toMatchObject({
      id: 'governed-gateway/requires-geo-graphy',
      effect: 'forbid',
      enforcementMode: 'ACTIVE',
    });
  });

  it('fail a call without the field, and nothing else', () => {
    const geography = field('geography', [PAY]);
    const governed = targets.map((target) => ({
      ...target,
      tools: target.tools.map((tool) => ({ ...tool, inputSchema: withTrustedFields(tool.inputSchema, [geography]) })),
    }));
    const policies = [
      ...policiesOf(payPolicy('context.input.amount.lessThan(decimal("5.0"))')),
      ...trustedContextGuards([geography], 's'),
    ];
    const set = preparePolicySet({ policies, targets: governed, mode: 'ENFORCE', gatewayArn: LOCAL_GATEWAY_ARN });
    const input = { 'employee-id': 'e', amount: 1 };
    expect(authorize(set, callOf(input))).toMatchObject({
      outcome: 'DENY',
      determining: ['governed-gateway/requires-geography'],
    });
    expect(authorize(set, callOf({ ...input, geography: 'EU' })).outcome).toBe('ALLOW');
    const findings = validatePolicySet({
      policies,
      texts: new Map(),
      targets: governed,
      mode: 'ENFORCE',
      trustedContext: [geography],
    });
    expect(findings.map(({ code }) => code)).toEqual(['POLICY_TOOL_UNREACHABLE']);
  });

  it('fail IAM callers too, on a gateway of theirs', () => {
    const environment = field('environment', [PAY]);
    const governed = targets.map((target) => ({
      ...target,
      tools: target.tools.map((tool) => ({ ...tool, inputSchema: withTrustedFields(tool.inputSchema, [environment]) })),
    }));
    const permit = payPolicy('context.input.amount.lessThan(decimal("5.0"))').replace('OAuthUser', 'IamEntity');
    const forbid = payPolicy('context.input has environment && context.input.environment == "production"', 'forbid');
    const policies = [
      ...policiesOf(permit + forbid.replace('OAuthUser', 'IamEntity')),
      ...trustedContextGuards([environment], 's', IAM_ENTITY),
    ];
    const set = preparePolicySet({ policies, targets: governed, mode: 'ENFORCE', gatewayArn: LOCAL_GATEWAY_ARN });
    const principal = principalFromIam('arn:aws:sts::111122223333:assumed-role/agent/session');
    const outcome = (input: JsonObject): string =>
      authorize(set, { ...callOf({ 'employee-id': 'e', amount: 1, ...input }), principal }).outcome;
    expect([outcome({}), outcome({ environment: 'production' }), outcome({ environment: 'test' })]).toEqual([
      'DENY',
      'DENY',
      'ALLOW',
    ]);
  });

  it('are none where the service takes no policy about callers', () => {
    expect(trustedContextGuards([field('f', [PAY])], 'seed', UNAUTHENTICATED_USER)).toEqual([]);
  });

  it('fit the limits of a statement, however many tools there are', () => {
    const tools = Array.from({ length: 1_000 }, (_, index) => `target-${index}___${'é'.repeat(100)}`);
    const guards = trustedContextGuards([field('f', tools)], 'seed');
    const texts = guards.map((guard) => boundStatement(guard, LOCAL_GATEWAY_ARN));
    expect(Math.max(...texts.map((text) => Buffer.byteLength(text)))).toBeLessThanOrEqual(LIMITS.statementMaxBytes);
    for (const tool of tools) expect(texts.filter((text) => text.includes(`"${tool}"`))).toHaveLength(1);
    expect(new Set(guards.map(({ name }) => name)).size).toBe(guards.length);
  });

  it('are none for a field without tools', () => {
    expect(trustedContextGuards([field('f', [])], 'seed')).toEqual([]);
  });
});
