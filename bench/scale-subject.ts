import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import { EnforcementMode, GovernedGateway, ToolList, Tools } from '../lib';
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
  const { policies, diagnostics } = loadPolicies([PolicySource.fromInline(classStatements(count))], {
    nameSeed: 'bench',
  });
  if (diagnostics.length > 0) throw new Error(diagnostics[0]?.message);
  return policies;
}

function classStatements(count: number): string {
  const on = (name: string) =>
    `principal is AgentCore::OAuthUser, action in AgentCore::Action::"class:${name}", resource == ?resource`;
  const permits = Array.from({ length: count - 2 }, (_, index) => {
    const claim = `principal.hasTag("department") && principal.getTag("department") == "department-${index % 5}"`;
    return `permit(${on(`team-${index % TEAMS}`)}) when { ${claim} };`;
  });
  return [
    ...permits,
    `forbid(${on('destructive')}) unless { principal.hasTag("role") };`,
    `forbid(${on('pii')}) when { context.input has count && context.input.count > 100 };`,
  ].join('\n');
}

/** Targets of a gateway whose schema is within the 400,000 bytes that the service takes: some 280 bytes for a tool without arguments. */
const TARGETS_PER_GATEWAY = 34;

/** Makes and synthesizes gateways with so many tools, without arguments, of MCP servers. */
export function synthesize(toolCount: number): void {
  const outdir = mkdtempSync(join(tmpdir(), 'governed-gateway-bench-'));
  const app = new App({ outdir });
  const targets = classedTargets(toolCount).map(({ name, tools }) => {
    const bare = tools.map((tool) => ({ name: tool.name, description: '', inputSchema: { type: 'object' } }));
    const classes = Object.fromEntries(tools.map((tool) => [tool.name, [...(tool.classes ?? [])]]));
    const options = { tools: ToolList.fromInline(...bare), classes };
    return [name, Tools.fromMcpServer('https://mcp.example.com/mcp', options)] as const;
  });
  const departments = Array.from(
    { length: 40 },
    (_, index) => `@id("team-${index}") permit(
    principal is AgentCore::OAuthUser, action in AgentCore::Action::"class:team-${index % TEAMS}", resource == ?resource
  ) when { principal.hasTag("username") && principal.getTag("username") like "team-${index}-*" };`,
  );
  const stack = new Stack(app, 'Scale');
  for (let first = 0; first < targets.length; first += TARGETS_PER_GATEWAY) {
    new GovernedGateway(stack, `Gateway${first}`, {
      mode: EnforcementMode.ENFORCE,
      policies: [PolicySource.fromInline(departments.join('\n'))],
      toolClasses: ['pii', ...Array.from({ length: TEAMS }, (_, team) => `team-${team}`)],
      targets: Object.fromEntries(targets.slice(first, first + TARGETS_PER_GATEWAY)),
    });
  }
  app.synth();
  rmSync(outdir, { recursive: true });
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
