import { describe, expect, it } from 'vitest';
import { OAUTH_USER, UNAUTHENTICATED_USER } from '../../../lib/contract/claims';
import type { JsonObject } from '../../../lib/contract/json';
import { LIMITS } from '../../../lib/contract/limits';
import { LOCAL_GATEWAY_ARN } from '../../../lib/contract/local-arn';
import type { DesiredPolicy } from '../../../lib/contract/policy-set-document';
import { authorize } from '../../../lib/policy/decision/authorize';
import { listTools } from '../../../lib/policy/decision/list-tools';
import { preparePolicySet } from '../../../lib/policy/decision/policy-set';
import { deniedToolsGuards } from '../../../lib/policy/guards/denied-tools-guards';
import type { CatalogTarget } from '../../../lib/policy/schema/catalog-target';
import { generateSchema } from '../../../lib/policy/schema/schema';
import { boundStatement } from '../../../lib/policy/text/statement-text';
import { validatePolicySet } from '../../../lib/policy/validation/validate';
import { callOf, policiesOf } from '../subject';

const recursive = { type: 'object', properties: { child: { $ref: '#' } } };

function target(tools: { readonly [name: string]: JsonObject }, excludedTools: string[] = []): CatalogTarget {
  const list = Object.entries(tools).map(([name, inputSchema]) => ({ name, description: '', inputSchema }));
  return { name: 'Files', kind: 'mcp-server', tools: list, excludedTools };
}

const FILES = target(
  {
    read: { type: 'object', properties: { path: { type: 'string' } } },
    tree: recursive,
    nowhere: { type: 'object', properties: { a: { $ref: '#/$defs/Gone' } } },
    reserved: { type: 'object', properties: { __entity: { type: 'string' } } },
    remove: { type: 'object', properties: { path: { type: 'strung' } } },
  },
  ['remove'],
);

const WIDE =
  'permit(principal is AgentCore::OAuthUser, action in AgentCore::Action::"Files", resource == ?resource) when { principal.id != "nobody" };';

function setOf(guards: readonly DesiredPolicy[]) {
  const policies = [...policiesOf(WIDE), ...guards];
  return preparePolicySet({ policies, targets: [FILES], mode: 'ENFORCE', gatewayArn: LOCAL_GATEWAY_ARN });
}

describe('a tool that cannot be expressed, or that is excluded', () => {
  const { denied, diagnostics } = generateSchema([FILES]);
  const guards = deniedToolsGuards(denied, 'seed', OAUTH_USER);

  it('stops no other: each is a warning, excluded ones are none', () => {
    expect([...denied].sort()).toEqual(['Files___nowhere', 'Files___remove', 'Files___reserved', 'Files___tree']);
    expect(diagnostics.map(({ code, severity }) => [code, severity])).toEqual([
      ['SCHEMA_TOOL_INVALID', 'warning'],
      ['SCHEMA_TOOL_INVALID', 'warning'],
      ['SCHEMA_PROPERTY_RESERVED', 'warning'],
    ]);
  });

  // Covers assumed.denied-tools
  it('is denied by a policy, however wide a permit is, and not listed', () => {
    const set = setOf(guards);
    for (const tool of denied) {
      const decision = authorize(set, { ...callOf({}), tool, input: { child: { child: {} }, path: 'x' } });
      expect(decision).toMatchObject({
        outcome: 'DENY',
        allowed: false,
        determining: ['governed-gateway/denied-tools-1'],
      });
    }
    expect(authorize(set, { ...callOf({}), tool: 'Files___read', input: { path: 'x' } }).outcome).toBe('ALLOW');
    expect(listTools(set, callOf({}).principal, callOf({}).now)).toEqual(['Files___read']);
  });

  it('is denied offline even where the policy is not known', () => {
    const decision = authorize(setOf([]), { ...callOf({}), tool: 'Files___tree', input: {} });
    expect(decision).toMatchObject({ outcome: 'DENY', determining: [] });
  });

  it('brings nothing that stops synth, and no word that it cannot be reached', () => {
    const policies = [...policiesOf(WIDE), ...guards];
    const findings = validatePolicySet({
      policies,
      texts: new Map(),
      targets: [FILES],
      mode: 'ENFORCE',
      trustedContext: [],
    });
    expect(findings.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(findings.map(({ code }) => code)).not.toContain('POLICY_TOOL_UNREACHABLE');
  });

  it('needs as many policies as their limit wants, and none where policies cannot be about callers', () => {
    const many = new Set(Array.from({ length: 95 }, (_, index) => `${'T'.repeat(100)}___${'x'.repeat(150)}${index}`));
    const found = deniedToolsGuards(many, 'seed', OAUTH_USER);
    expect(found.map(({ id }) => id)).toEqual([1, 2, 3].map((index) => `governed-gateway/denied-tools-${index}`));
    for (const guard of found) {
      expect(Buffer.byteLength(boundStatement(guard, LOCAL_GATEWAY_ARN))).toBeLessThan(LIMITS.statementMaxBytes);
    }
    expect(deniedToolsGuards(many, 'seed', UNAUTHENTICATED_USER)).toEqual([]);
    expect(deniedToolsGuards(new Set(), 'seed', OAUTH_USER)).toEqual([]);
  });
});
