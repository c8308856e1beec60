import { describe, expect, it } from 'vitest';
import { IAM_ENTITY, principalFromIam, UNAUTHENTICATED_USER } from '../../../lib/contract/claims';
import { acceptingProofs, PROOF_ARGUMENT, PROOF_PLACEHOLDER, proofOf } from '../../../lib/contract/interceptor-proof';
import type { JsonObject } from '../../../lib/contract/json';
import { LIMITS } from '../../../lib/contract/limits';
import { LOCAL_GATEWAY_ARN } from '../../../lib/contract/local-arn';
import { type DeclaredTrustedField, withTrustedFields } from '../../../lib/contract/trusted-context';
import { authorize } from '../../../lib/policy/decision/authorize';
import { preparePolicySet } from '../../../lib/policy/decision/policy-set';
import { trustedContextGuards } from '../../../lib/policy/guards/trusted-context-guards';
import { boundStatement, writtenStatement } from '../../../lib/policy/text/statement-text';
import { validatePolicySet } from '../../../lib/policy/validation/validate';
import { callOf, PAY, payPolicy, policiesOf, targets } from '../subject';

function field(name: string, tools: readonly string[]): DeclaredTrustedField {
  return { name, type: 'string', description: '', source: { kind: 'constant', value: 'x' }, tools };
}

function proof(tools: readonly string[]): DeclaredTrustedField {
  const source = { kind: 'proof', secretVariable: 'SECRET', fingerprint: 'f' } as const;
  return { ...field(PROOF_ARGUMENT, tools), source };
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

  it('ask for the proof where there is one, and for the presence of fields elsewhere', () => {
    const server = 'Server___read';
    const guards = trustedContextGuards([field('geography', [PAY, server]), proof([PAY])], 'seed');
    expect(guards.map(({ id }) => id)).toEqual([
      'governed-gateway/requires-geography',
      'governed-gateway/requires-interceptor',
    ]);
    const [present, proven] = guards.map((guard) => writtenStatement(guard));
    expect(present).toContain('AgentCore::Action::"Server___read"');
    expect(present).not.toContain(PAY);
    expect(proven).toBe(`forbid(
  principal is AgentCore::OAuthUser,
  action == AgentCore::Action::"hr-payroll___create_payout",
  resource == ?resource
) unless {
  context.input has gateway_proof && context.input.gateway_proof == "ggp_placeholder"
};`);
  });

  it('deny a call whose proof is missing or another, whatever else it has, with two values in force', () => {
    const proofs = [proofOf('current', 'f'), proofOf('previous', 'f')];
    const governed = targets.map((target) => ({
      ...target,
      tools: target.tools.map((tool) => ({
        ...tool,
        inputSchema: withTrustedFields(tool.inputSchema, [proof([PAY])]),
      })),
    }));
    const guards = trustedContextGuards([proof([PAY])], 's').map((guard) => ({
      ...guard,
      statementParts: guard.statementParts.map((part) => acceptingProofs(part, proofs)),
    }));
    const policies = [...policiesOf(payPolicy('context.input.amount.lessThan(decimal("5.0"))')), ...guards];
    const set = preparePolicySet({ policies, targets: governed, mode: 'ENFORCE', gatewayArn: LOCAL_GATEWAY_ARN });
    const outcome = (sent: JsonObject): string => {
      const decision = authorize(set, callOf({ 'employee-id': 'e', amount: 1, ...sent }));
      return `${decision.outcome} ${decision.determining.join()}`;
    };
    const denied = 'DENY governed-gateway/requires-interceptor';
    expect(outcome({})).toBe(denied);
    for (const forged of ['', PROOF_PLACEHOLDER, proofOf('current', 'older version'), proofOf('older', 'f'), '*']) {
      expect(outcome({ [PROOF_ARGUMENT]: forged })).toBe(denied);
    }
    for (const right of proofs) expect(outcome({ [PROOF_ARGUMENT]: right })).toMatch(/^ALLOW/);
  });

  it('fit the limits with two proofs as well', () => {
    const tools = Array.from({ length: 1_000 }, (_, index) => `target-${index}___${'x'.repeat(90)}`);
    const proofs = [proofOf('a', 'f'), proofOf('b', 'f')];
    for (const guard of trustedContextGuards([proof(tools)], 'seed')) {
      const text = acceptingProofs(boundStatement(guard, LOCAL_GATEWAY_ARN), proofs);
      expect(Buffer.byteLength(text)).toBeLessThanOrEqual(LIMITS.statementMaxBytes);
    }
  });

  it('are none for a field without tools', () => {
    expect(trustedContextGuards([field('f', [])], 'seed')).toEqual([]);
  });
});
