import { describe, expect, it } from 'vitest';
import { type AccessMatrix, accessMatrix } from '../../../lib/policy/access/access-matrix';
import { renderMatrix } from '../../../lib/policy/access/render-matrix';
import { policySetUnderTest } from '../../../lib/policy/testing/run/offline-backend';
import { bank, type FixtureOptions, GEOGRAPHY, permit, tests } from '../testing/fixture';

function matrixOf(policies: string, yaml: string, options?: FixtureOptions): AccessMatrix {
  const gateway = bank(policies, options);
  return accessMatrix(gateway, policySetUnderTest(gateway), [tests(yaml)]);
}

/** Access by tool and persona. */
function access(matrix: AccessMatrix): { [tool: string]: string } {
  return Object.fromEntries(
    matrix.tools.map(({ tool, cells }) => [tool.slice('Bank___'.length), cells.map((cell) => cell.access).join(' ')]),
  );
}

describe('the access matrix', () => {
  it('tells always, sometimes and never', () => {
    const policies = [
      `@id("a") ${permit('transfer', ' when { context.input.amount.lessThan(decimal("5.0")) }')}`,
      `@id("b") ${permit('close_account', ' when { principal.hasTag("role") && principal.getTag("role") == "admin" }')}`,
      `@id("c") ${permit('read_statement')}`,
    ].join('\n');
    const yaml = `personas: { ann: { claims: { role: admin } }, bob: {} }
tests: [{ as: [ann, bob], call: Bank___close_account, expect: DENY }, { as: ann, call: Bank___close_account, expect: ALLOW }]`;
    const matrix = matrixOf(policies, yaml);
    expect(access(matrix)).toEqual({
      transfer: 'sometimes sometimes',
      close_account: 'always never',
      read_statement: 'always always',
    });
    expect(renderMatrix(matrix)).toBe(
      [
        '| tool | ann | bob |',
        '| --- | --- | --- |',
        '| `Bank___transfer` | depends (0) | depends (0) |',
        '| `Bank___read_statement` | yes (0) | yes (0) |',
        '| `Bank___close_account` | yes (2) | - (1) |',
        '',
        '`yes`: whatever the arguments are; `depends`: for some arguments; `-`: never. In brackets: tests.',
        '',
      ].join('\n'),
    );
  });

  it('knows what the interceptor fills in', () => {
    const policies = permit('transfer', ' when { context.input has geography && context.input.geography == "EU" }');
    const matrix = matrixOf(policies, 'personas: { ann: {}, bob: {}, eve: {} }\ntests: []', { trusted: [GEOGRAPHY] });
    expect(access(matrix)['transfer']).toBe('always never never');
  });

  it('leaves optional arguments out that no policy reads, however many there are', () => {
    const policies = permit('transfer', ' when { context.input has geography && context.input.geography == "EU" }');
    const gateway = bank(policies, { trusted: [GEOGRAPHY] });
    const notes = Object.fromEntries(Array.from({ length: 12 }, (_, index) => [`note_${index}`, { type: 'string' }]));
    const targets = gateway.targets.map((target) => ({
      ...target,
      tools: target.tools.map((tool) => {
        const properties = { ...(tool.inputSchema['properties'] as object), ...notes };
        return { ...tool, inputSchema: { ...tool.inputSchema, properties } };
      }),
    }));
    const set = policySetUnderTest({ ...gateway, targets });
    const matrix = accessMatrix({ ...gateway, targets }, set, [tests('personas: { ann: {}, bob: {} }\ntests: []')]);
    expect(access(matrix)['transfer']).toBe('always never');
  });

  it('tries optional arguments present and absent', () => {
    const policies = permit(
      'transfer',
      ' when { context.input.geography == "EU" && !(context.input has urgent) }',
    ).replace('context.input.geography', 'context.input has geography && context.input.geography');
    const matrix = matrixOf(policies, 'personas: { ann: {} }\ntests: []', { trusted: [GEOGRAPHY] });
    expect(access(matrix)['transfer']).toBe('sometimes');
  });

  it('shows a caller of two files once, and two callers of one name apart', () => {
    const gateway = bank(permit('close_account'));
    const files = [
      tests('personas: { ann: {}, bob: {} }\ntests: []', 'one.test.yaml'),
      tests('personas: { ann: {}, bob: { groups: [x] } }\ntests: []', 'two.test.yaml'),
    ];
    expect(accessMatrix(gateway, policySetUnderTest(gateway), files).personas).toEqual([
      'ann',
      'bob',
      'bob (two.test.yaml)',
    ]);
  });

  it('keeps its table whole whatever a persona is called', () => {
    const matrix = matrixOf(permit('close_account'), 'personas: { "a|b\\nc": {} }\ntests: []');
    expect(renderMatrix(matrix).split('\n')[0]).toBe('| tool | a\\|b c |');
  });
});
