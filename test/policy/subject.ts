import { expect } from 'vitest';
import { type Claims, principalFromClaims } from '../../lib/contract/claims';
import type { EnforcementMode } from '../../lib/contract/decision';
import type { JsonObject } from '../../lib/contract/json';
import { LOCAL_GATEWAY_ARN } from '../../lib/contract/local-arn';
import type { DesiredPolicy } from '../../lib/contract/policy-set-document';
import type { Diagnostic } from '../../lib/diagnostics/diagnostic';
import type { ToolCall } from '../../lib/policy/decision/model';
import { type PolicySet, preparePolicySet } from '../../lib/policy/decision/policy-set';
import type { CatalogTarget, PlatformSwitches } from '../../lib/policy/schema/catalog-target';
import { loadPolicies, PolicySource } from '../../lib/policy/source/source';
import { validatePolicySet } from '../../lib/policy/validation/validate';
import type { ValidationInput } from '../../lib/policy/validation/view/validation-input';

export const PAY = 'hr-payroll___create_payout';
export const NOW = new Date('2026-11-20T10:00:00Z');

/** The tool of the platform contract's reference schema, and a second one that takes other arguments. */
export const targets: readonly CatalogTarget[] = [
  {
    name: 'hr-payroll',
    tools: [
      {
        name: 'create_payout',
        description: '',
        inputSchema: {
          type: 'object',
          properties: {
            'employee-id': { type: 'string' },
            amount: { type: 'number' },
            count: { type: 'integer' },
            urgent: { type: 'boolean' },
            region: { type: 'string' },
            tags: { type: 'array', items: { type: 'string' } },
            address: { type: 'object', properties: { zip: { type: 'string' } }, required: ['zip'] },
          },
          required: ['employee-id', 'amount'],
        },
      },
      {
        name: 'list',
        description: '',
        inputSchema: { type: 'object', properties: { query: { type: 'string' } }, required: ['query'] },
      },
    ],
  },
];

/** The body of a policy for the tool {@link PAY}. */
export function payPolicy(condition: string, effect = 'permit', annotations = ''): string {
  return `${annotations}${effect}(principal is AgentCore::OAuthUser, action == AgentCore::Action::"${PAY}", resource == ?resource) when { ${condition} };`;
}

export function policiesOf(text: string): DesiredPolicy[] {
  const { policies, diagnostics } = loadPolicies([PolicySource.fromInline(text)], { nameSeed: 'test' });
  expect(diagnostics).toEqual([]);
  return policies;
}

export function setOf(text: string, mode: EnforcementMode = 'ENFORCE', switches: PlatformSwitches = {}): PolicySet {
  return preparePolicySet({ policies: policiesOf(text), targets, mode, gatewayArn: LOCAL_GATEWAY_ARN, switches });
}

export function callOf(
  input: JsonObject = { 'employee-id': 'e-1', amount: 10 },
  claims: Claims = {},
  tool = PAY,
): ToolCall {
  return { principal: principalFromClaims({ sub: 'user-1', ...claims }), tool, input, now: NOW };
}

/** Findings of a text that parses. */
export function findingsOf(text: string, options: Partial<ValidationInput> = {}): Diagnostic[] {
  const { policies, texts, diagnostics } = loadPolicies([PolicySource.fromInline(text)], { nameSeed: 'test' });
  const input = { policies, texts, targets, mode: 'ENFORCE' as const, trustedContext: [], ...options };
  return [...diagnostics, ...validatePolicySet(input)];
}

/** The text that a finding underlines; only its first line when it spans several. */
export function underlined({ location }: Diagnostic): string | undefined {
  const line = location?.source?.split('\n')[location.line - 1];
  const end = location?.endLine === location?.line ? location?.endColumn : undefined;
  return line?.slice((location?.column ?? 1) - 1, end === undefined ? undefined : end - 1);
}
