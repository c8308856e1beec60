import { principalFromClaims } from '../lib/contract/claims';
import type { DesiredPolicy } from '../lib/contract/policy-set-document';
import type { ToolCall } from '../lib/policy/decision/model';
import type { CatalogTarget } from '../lib/policy/schema/catalog-target';
import { loadPolicies, PolicySource } from '../lib/policy/source/source';

const TOOLS_PER_TARGET = 30;

/** Classes of teams, of which each tool is in one. */
const TEAMS = 38;

/** Targets of 30 tools each. A tool is in the class of a team; every tenth destroys and every tenth knows people. */
export function classedTargets(toolCount: number): CatalogTarget[] {
  return Array.from({ length: toolCount / TOOLS_PER_TARGET }, (_, target) => ({
    name: `target-${target}`,
    tools: Array.from({ length: TOOLS_PER_TARGET }, (__, tool) => {
      const index = target * TOOLS_PER_TARGET + tool;
      return {
        name: `tool_${tool}`,
        description: '',
        classes: [
          ...(index % 10 === 0 ? ['write', 'destructive'] : ['read']),
          ...(index % 10 === 5 ? ['pii'] : []),
          `team-${index % TEAMS}`,
        ],
        inputSchema: {
          type: 'object',
          properties: { id: { type: 'string' }, count: { type: 'integer' } },
          required: ['id'],
        },
      };
    }),
  }));
}

/** Policies on classes: one for each team, and two that forbid. */
export function classPolicies(count: number): DesiredPolicy[] {
  const on = (name: string) =>
    `principal is AgentCore::OAuthUser, action in AgentCore::Action::"class:${name}", resource == ?resource`;
  const permits = Array.from({ length: count - 2 }, (_, index) => {
    const claim = `principal.hasTag("department") && principal.getTag("department") == "department-${index % 5}"`;
    return `permit(${on(`team-${index % TEAMS}`)}) when { ${claim} };`;
  });
  const text = [
    ...permits,
    `forbid(${on('destructive')}) unless { principal.hasTag("role") };`,
    `forbid(${on('pii')}) when { context.input has count && context.input.count > 100 };`,
  ];
  const { policies, diagnostics } = loadPolicies([PolicySource.fromInline(text.join('\n'))], { nameSeed: 'bench' });
  if (diagnostics.length > 0) throw new Error(diagnostics[0]?.message);
  return policies;
}

/** A call of some tool by some caller. */
export function callOn(index: number, toolCount: number): ToolCall {
  const targets = toolCount / TOOLS_PER_TARGET;
  return {
    principal: principalFromClaims({ sub: `user-${index}`, department: `department-${index % 6}` }),
    tool: `target-${index % targets}___tool_${index % TOOLS_PER_TARGET}`,
    input: { id: `${index}`, count: index },
    now: new Date('2026-11-20T10:00:00Z'),
  };
}
