import { describe, expect, it } from 'vitest';
import { UNAUTHENTICATED_USER } from '../../../lib/contract/claims';
import { LOCAL_GATEWAY_ARN } from '../../../lib/contract/local-arn';
import { authorize } from '../../../lib/policy/decision/authorize';
import { listTools } from '../../../lib/policy/decision/list-tools';
import { preparePolicySet } from '../../../lib/policy/decision/policy-set';
import { tooManyTools, unlistedToolGuards } from '../../../lib/policy/guards/unlisted-tool-guards';
import type { CatalogTarget } from '../../../lib/policy/schema/catalog-target';
import { boundStatement, writtenStatement } from '../../../lib/policy/text/statement-text';
import { validatePolicySet } from '../../../lib/policy/validation/validate';
import { policiesOf } from '../subject';

const tool = (name: string) => ({ name, description: name, inputSchema: { type: 'object', properties: {} } });
const server = (...names: string[]): CatalogTarget => ({ name: 'Server', kind: 'mcp-server', tools: names.map(tool) });
const ANN = { type: 'AgentCore::OAuthUser', id: 'ann', tags: { role: 'reader' } } as const;
const PERMIT = `permit(principal is AgentCore::OAuthUser, action in AgentCore::Action::"Server", resource == ?resource)
when { principal.hasTag("role") };`;

/** The set as deployed with `known`, on a server that has the tools of `now` by then. */
function set(known: CatalogTarget, now: CatalogTarget) {
  const policies = [...policiesOf(PERMIT), ...unlistedToolGuards([known], 's')];
  return preparePolicySet({ policies, targets: [now], mode: 'ENFORCE', gatewayArn: LOCAL_GATEWAY_ARN });
}

describe('unlistedToolGuards', () => {
  it('deny what a server gained since, though its whole target is permitted, and hide it in lists', () => {
    const grown = set(server('read', 'find'), server('read', 'find', 'purge'));
    const outcome = (name: string): string =>
      authorize(grown, { principal: ANN, tool: `Server___${name}`, input: {}, now: new Date() }).outcome;
    expect([outcome('read'), outcome('find'), outcome('purge')]).toEqual(['ALLOW', 'ALLOW', 'DENY']);
    expect(listTools(grown, ANN, new Date())).toEqual(['Server___read', 'Server___find']);
  });

  it('deny everything of a server without known tools', () => {
    const grown = set(server(), server('purge'));
    expect(authorize(grown, { principal: ANN, tool: 'Server___purge', input: {}, now: new Date() }).outcome).toBe(
      'DENY',
    );
  });

  it('are what a person would write, and valid', () => {
    const [guard] = unlistedToolGuards([server('read')], 's');
    expect(guard && writtenStatement(guard)).toBe(`forbid(
  principal is AgentCore::OAuthUser,
  action in AgentCore::Action::"Server",
  resource == ?resource
) unless {
  action == AgentCore::Action::"Server___read"
};`);
    const policies = [...policiesOf(PERMIT), ...unlistedToolGuards([server('read', 'find')], 's')];
    const input = { policies, texts: new Map(), targets: [server('read', 'find')], mode: 'ENFORCE' } as const;
    const codes = validatePolicySet({ ...input, trustedContext: [] }).map(({ code }) => code);
    expect(codes).toEqual(['POLICY_PERMIT_OF_SERVER']);
  });

  it('are for targets that may gain tools without a deployment, where policies are possible and fit', () => {
    const kinds = ['lambda', 'openapi', 'smithy', 'api-gateway', 'mcp-server', 'custom'] as const;
    const targets = kinds.map((kind): CatalogTarget => ({ name: kind, kind, tools: [tool('a')] }));
    const ids = unlistedToolGuards(targets, 's').map(({ id }) =>
      id.replace('governed-gateway/requires-known-tool-', ''),
    );
    expect(ids).toEqual(['api-gateway', 'mcp-server', 'custom']);
    expect(unlistedToolGuards(targets, 's', UNAUTHENTICATED_USER)).toEqual([]);
    const many = (count: number) => server(...Array.from({ length: count }, (_, index) => `tool_${index}`));
    const [fitting] = unlistedToolGuards([many(150)], 's');
    expect(fitting && boundStatement(fitting, LOCAL_GATEWAY_ARN).length).toBeLessThan(10_000);
    expect(tooManyTools([many(150)])).toEqual([]);
  });

  it('deny a server whose known tools do not fit into one as a whole, and synth says so', () => {
    const huge = server(...Array.from({ length: 1_000 }, (_, index) => `tool_${index}`));
    const decided = set(huge, { ...huge, tools: [...huge.tools, tool('purge')] });
    const outcome = (name: string): string =>
      authorize(decided, { principal: ANN, tool: `Server___${name}`, input: {}, now: new Date() }).outcome;
    expect([outcome('tool_1'), outcome('purge')]).toEqual(['DENY', 'DENY']);
    const [finding, ...others] = tooManyTools([huge, server('read')]);
    expect(others).toEqual([]);
    expect(finding).toMatchObject({ code: 'TARGET_TOOLS_TOO_MANY', severity: 'error' });
    expect(finding?.message).toContain('`Server` has 1000 tools');
    expect(tooManyTools([huge], UNAUTHENTICATED_USER)).toEqual([]);
  });
});
