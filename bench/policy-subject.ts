import { principalFromClaims } from '../lib/contract/claims';
import type { DesiredPolicy } from '../lib/contract/policy-set-document';
import type { ToolCall } from '../lib/policy/decision/model';
import type { CatalogTarget } from '../lib/policy/schema/catalog-target';
import { loadPolicies, PolicySource } from '../lib/policy/source/source';

const TOOLS_PER_TARGET = 10;

/** Targets of ten tools each, with arguments of every common type. */
export function targetsOf(toolCount: number): CatalogTarget[] {
  return Array.from({ length: Math.ceil(toolCount / TOOLS_PER_TARGET) }, (_, target) => ({
    name: `target-${target}`,
    tools: Array.from({ length: TOOLS_PER_TARGET }, (_, tool) => ({
      name: `tool_${tool}`,
      description: '',
      inputSchema: {
        type: 'object',
        properties: {
          amount: { type: 'number' },
          count: { type: 'integer' },
          region: { type: 'string' },
          geography: { type: 'string' },
          urgent: { type: 'boolean' },
          address: { type: 'object', properties: { zip: { type: 'string' } }, required: ['zip'] },
          tags: { type: 'array', items: { type: 'string' } },
        },
        required: ['amount', 'count'],
      },
    })),
  }));
}

/** What teams write: by group, by department, by amount, by an injected field, for one tool, some tools and a target. */
const KINDS: readonly ((index: number, action: string, others: string, target: string) => string)[] = [
  (index, action) =>
    `permit(principal is AgentCore::OAuthUser, action == ${action}, resource == ?resource) when { principal.hasTag("cognito:groups") && principal.getTag("cognito:groups") like "*\\"group-${index % 7}\\"*" && context.input.amount.lessThan(decimal("${index}.5")) };`,
  (_, action) =>
    `forbid(principal is AgentCore::OAuthUser, action == ${action}, resource == ?resource) when { context.input has geography && context.input.geography == "EU" };`,
  (index, _, others) =>
    `permit(principal is AgentCore::OAuthUser, action in ${others}, resource == ?resource) when { principal.hasTag("department") && principal.getTag("department") == "department-${index % 5}" && context.input.count < ${index} };`,
  (index, _, __, target) =>
    `permit(principal is AgentCore::OAuthUser, action in ${target}, resource == ?resource) when { principal.hasTag("role") && principal.getTag("role") == "role-${index}" };`,
];

export function policiesOf(count: number, toolCount: number): DesiredPolicy[] {
  const targets = Math.ceil(toolCount / TOOLS_PER_TARGET);
  const text = Array.from({ length: count }, (_, index) => {
    const target = `target-${index % targets}`;
    const action = (step: number): string =>
      `AgentCore::Action::"${target}___tool_${(Math.floor(index / targets) + step) % TOOLS_PER_TARGET}"`;
    const others = `[${action(0)}, ${action(3)}, ${action(5)}]`;
    const kind = KINDS[index % KINDS.length];
    return kind?.(index, action(0), others, `AgentCore::Action::"${target}"`) ?? '';
  });
  const { policies, diagnostics } = loadPolicies([PolicySource.fromInline(text.join('\n'))], { nameSeed: 'bench' });
  if (diagnostics.length > 0) throw new Error(diagnostics[0]?.message);
  return policies;
}

/** Calls of all tools by callers who differ in their claims. */
export function callOf(index: number, toolCount: number): ToolCall {
  const targets = Math.ceil(toolCount / TOOLS_PER_TARGET);
  const claims = {
    sub: `user-${index}`,
    department: `department-${index % 6}`,
    'cognito:groups': [`group-${index % 8}`, 'everyone'],
    role: `role-${index % 9}`,
  };
  return {
    principal: principalFromClaims(claims),
    tool: `target-${index % targets}___tool_${Math.floor(index / targets) % TOOLS_PER_TARGET}`,
    input: { amount: index + 0.25, count: index, ...(index % 3 === 0 ? { geography: 'US' } : {}), tags: ['a', 'b'] },
    now: new Date('2026-11-20T10:00:00Z'),
  };
}

export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
