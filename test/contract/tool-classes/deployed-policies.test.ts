import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { GATEWAY_ARN_MAX_LENGTH, LIMITS, POLICY_NAME_PATTERN } from '../../../lib/contract/limits';
import type { DesiredPolicy } from '../../../lib/contract/policy-set-document';
import { deployedPolicies, sourceId } from '../../../lib/contract/tool-classes/deployed-policies';
import { SourceIds } from '../../../lib/contract/tool-classes/source-ids';
import { loadPolicies, PolicySource } from '../../../lib/policy/source/source';

const ACTION = /AgentCore::Action::"([^"]*)"/g;

const TARGETS = [
  {
    name: 'orders',
    tools: [
      { name: 'get', classes: ['read'] },
      { name: 'drop', classes: ['write', 'destructive'] },
      { name: 'untold' },
    ],
  },
  { name: 'claims', tools: [{ name: 'find', classes: ['read', 'pii'] }] },
];

function policy(statement: string): DesiredPolicy {
  const { policies } = loadPolicies([PolicySource.fromInline(statement, { id: 'readers' })], { nameSeed: 'seed' });
  return policies[0] as DesiredPolicy;
}

const texts = (policies: readonly DesiredPolicy[]) => policies.map(({ statementParts }) => statementParts.join('ARN'));
const tools = (one: DesiredPolicy) => [...one.statementParts.join('').matchAll(ACTION)].map((match) => match[1] ?? '');

describe('a policy on a class', () => {
  it('is deployed with the tools in place of the class, and the rest letter by letter', () => {
    const written = policy(`permit(
      principal is AgentCore::OAuthUser, // class:read
      action in AgentCore::Action::"class:read",
      resource == ?resource
    ) when { principal.getTag("note") == "class:pii" };`);
    const [deployed, ...others] = deployedPolicies([written], TARGETS);
    expect(others).toEqual([]);
    expect(deployed).toEqual({ ...written, statementParts: deployed?.statementParts });
    expect(deployed?.statementParts.join('ARN')).toBe(
      written.statementParts
        .join('ARN')
        .replace(
          'AgentCore::Action::"class:read"',
          '[AgentCore::Action::"claims___find", AgentCore::Action::"orders___get"]',
        ),
    );
  });

  it.each([
    [
      'action in [AgentCore::Action::"class:pii", AgentCore::Action::"orders___drop",]',
      ['claims___find', 'orders___drop'],
    ],
    [
      'action in [ AgentCore :: Action :: "cl\\u{61}ss:pii" , AgentCore::Action::"class\\u{3a}read" ]',
      ['claims___find', 'orders___get'],
    ],
    ['action in [AgentCore::Action::"orders", AgentCore::Action::"class:pii"]', ['claims___find', 'orders']],
  ])('may name tools beside it: %s', (action, expected) => {
    const all = deployedPolicies([policy(`forbid(principal, ${action}, resource == ?resource);`)], TARGETS);
    expect(all.map(tools)).toEqual([expected]);
  });

  it('is not deployed while the class has no tool', () => {
    const empty = policy('permit(principal, action in AgentCore::Action::"class:money", resource == ?resource);');
    expect(deployedPolicies([empty], TARGETS)).toEqual([]);
  });

  it.each([
    ['when { action in AgentCore::Action::"class:pii" }', 'when { action in [AgentCore::Action::"claims___find"] }'],
    ['unless { action in AgentCore::Action::"class:money" }', 'unless { false }'],
    [
      'when { action in [AgentCore::Action::"class:money", AgentCore::Action::"class:pii"] || false }',
      'when { action in [AgentCore::Action::"claims___find"] || false }',
    ],
  ])('may ask for classes in its conditions: %s', (condition, expected) => {
    const asking = policy(`forbid(principal, action, resource == ?resource) ${condition};`);
    expect(texts(deployedPolicies([asking], TARGETS))).toEqual([
      `forbid(principal, action, resource == AgentCore::Gateway::"ARN") ${expected};`,
    ]);
  });

  it('leaves other policies as they are', () => {
    const plain = policy('permit(principal, action == AgentCore::Action::"orders___get", resource == ?resource);');
    expect(deployedPolicies([plain], TARGETS)[0]).toBe(plain);
  });
});

describe('a policy on more tools than a statement can name', () => {
  const large = policy(`permit(
    principal is AgentCore::OAuthUser,
    action in AgentCore::Action::"class:read",
    resource == ?resource
  ) when { principal.hasTag("department") && principal.getTag("department") == "finance" };`);
  const name = fc.stringMatching(/^[a-z][a-z0-9_]{0,60}$/);
  const target = fc.record({
    name: fc.stringMatching(/^[a-z][a-z0-9]{0,30}$/),
    tools: fc.uniqueArray(
      name.map((one) => ({ name: one, classes: ['read'] })),
      { selector: ({ name: one }) => one, minLength: 1, maxLength: 150 },
    ),
  });
  const targets = fc.uniqueArray(target, { selector: ({ name: one }) => one, minLength: 1, maxLength: 12 });
  const byName = (all: readonly DesiredPolicy[]) =>
    new Map(all.map((one) => [one.name, one.statementParts.join('ARN')]));

  it('becomes several within the limits, with names of their own, which together name every tool once', () => {
    fc.assert(
      fc.property(targets, (all) => {
        const parts = deployedPolicies([large], all);
        const named = parts.flatMap(tools);
        expect(named.toSorted()).toEqual(
          all.flatMap((one) => one.tools.map((tool) => `${one.name}___${tool.name}`)).sort(),
        );
        for (const part of parts) {
          const text = part.statementParts.join('x'.repeat(GATEWAY_ARN_MAX_LENGTH));
          expect(text.length).toBeLessThanOrEqual(LIMITS.statementMaxCharacters);
          expect(part.name).toMatch(POLICY_NAME_PATTERN);
          expect(sourceId(part)).toBe('readers');
        }
        expect(byName(parts).size).toBe(parts.length);
        expect(new Set(parts.map(({ id }) => id)).size).toBe(parts.length);
      }),
      { numRuns: 25 },
    );
  });

  it('is divided where it must be, each target in one part as long as it fits', () => {
    const many = Array.from({ length: 20 }, (_, index) => ({
      name: `target${index}`,
      tools: Array.from({ length: 30 }, (__, tool) => ({ name: `tool_number_${tool}`, classes: ['read'] })),
    }));
    const parts = deployedPolicies([large], many);
    expect(parts.length).toBeGreaterThan(3);
    const homes = parts.flatMap((part) => [...new Set(tools(part).map((tool) => tool.split('___', 1).join('')))]);
    expect(homes.toSorted()).toEqual(many.map((one) => one.name).sort());
    expect(parts[0]?.name).toMatch(/^readers_p0+_[0-9a-f]{8}$/);
    expect(parts[0]?.id).toMatch(/^readers \(part 0+\)$/);
  });

  it('changes in the part that another tool falls in, and in no other', () => {
    fc.assert(
      fc.property(targets, fc.nat(), name, (all, index, added) => {
        const at = index % all.length;
        const extended = all.map((one, place) =>
          place === at && one.tools.every((tool) => tool.name !== added)
            ? { ...one, tools: [...one.tools, { name: added, classes: ['read'] }] }
            : one,
        );
        const [before, after] = [byName(deployedPolicies([large], all)), byName(deployedPolicies([large], extended))];
        const changed = [...before].filter(([one, text]) => after.get(one) !== text);
        expect(changed.length).toBeLessThanOrEqual(1);
        // The order in which an app adds its targets says nothing.
        expect(byName(deployedPolicies([large], all.toReversed()))).toEqual(before);
      }),
      { numRuns: 25 },
    );
  });

  it('is known by the names and ids of its parts, also those of an earlier division', () => {
    const other = {
      ...policy('permit(principal, action, resource == ?resource);'),
      id: 'others',
      name: 'read_01234567',
    };
    fc.assert(
      fc.property(targets, targets, (before, now) => {
        const ids = new SourceIds([{ policies: [other, large], targets: now }]);
        const names = [before, now].flatMap((all) => deployedPolicies([large], all).map((part) => part.name));
        expect(ids.all([large.name, ...names])).toEqual(['readers']);
        expect(ids.all(names.map((one) => `${one}-a_cdefghij`))).toEqual(['readers']);
        expect(
          ids.all([
            `${other.name}-0123456789`,
            'others',
            'readers',
            'foreign_p00_0123456a',
            'foreign_p01_0123456a-0123456789',
          ]),
        ).toEqual(['others', 'readers', 'foreign_p00_0123456a', 'foreign_p01_0123456a']);
      }),
      { numRuns: 25 },
    );
  });

  it('stays one where nothing can make it fit, so that its length is found', () => {
    const condition = 'x'.repeat(LIMITS.statementMaxCharacters);
    const hopeless = policy(
      `permit(principal, action in AgentCore::Action::"class:read", resource == ?resource) when { principal.id == "${condition}" };`,
    );
    expect(deployedPolicies([hopeless], TARGETS).map(tools)).toEqual([['claims___find', 'orders___get']]);
  });
});
