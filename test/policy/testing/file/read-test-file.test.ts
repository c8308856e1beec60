import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { readTestFile } from '../../../../lib/policy/testing/file/read-test-file';
import { runs } from '../../../runs';
import { tests } from '../fixture';

/** Findings as `CODE line:column`, with the text that is underlined. */
function findings(yaml: string): string[] {
  return readTestFile('a.test.yaml', yaml).diagnostics.map(({ code, location }) => {
    const { line = 0, column = 0, endColumn = column, source = '' } = location ?? {};
    const text = source.split('\n')[line - 1]?.slice(column - 1, endColumn - 1);
    return `${code} ${line}:${column} ${text}`;
  });
}

describe('a test file', () => {
  it('gives one case per persona and test', () => {
    const file = tests(`
gateway: Bank
onSpoof: reject
now: 2026-11-20T10:00:00Z
personas:
  ann: { username: ann, groups: [tellers], attributes: { region: EU }, trusted: { geography: EU } }
  job: { client: nightly, scopes: [read] }
tests:
  - as: [ann, job]
    call: Bank___transfer
    arguments: { amount: 1.5, account-id: a }
    trusted: { geography: US }
    now: 2026-11-21T10:00:00+01:00
    expect: { decision: DENY, determining: [x], reason: nothing }
  - { name: lists, as: ann, list: { includes: [a], excludes: [b] } }
  - { as: job, list: [] }
survivors:
  - { mutant: x > y, reason: the same }
`);
    expect(file).toMatchObject({
      gateway: 'Bank',
      onSpoof: 'reject',
      survivors: [{ mutant: 'x > y', reason: 'the same', location: { line: 18 } }],
      cases: [
        {
          kind: 'call',
          name: 'ann calls Bank___transfer: DENY',
          persona: { name: 'ann', groups: ['tellers'] },
          tool: 'Bank___transfer',
          arguments: { amount: 1.5, 'account-id': 'a' },
          trusted: { geography: 'US' },
          fixesTrusted: true,
          now: new Date('2026-11-21T09:00:00Z'),
          expect: { decision: 'DENY', determining: ['x'], reason: 'nothing' },
          location: { file: 'bank.test.yaml', line: 9, column: 5 },
        },
        { kind: 'call', persona: { name: 'job', client: 'nightly', scopes: ['read'] } },
        { kind: 'list', name: 'lists', includes: ['a'], excludes: ['b'], now: new Date('2026-11-20T10:00:00Z') },
        { kind: 'list', name: 'job lists tools', exactly: [] },
      ],
    });
  });

  it('tells a call without arguments from one with none', () => {
    const { cases } = tests(
      'personas: { a: {} }\ntests: [{ as: a, call: t, expect: DENY }, { as: a, call: t, arguments: {}, expect: DENY }]',
    );
    expect(cases.map((test) => test.kind === 'call' && test.arguments)).toEqual([undefined, {}]);
  });

  it.each([
    ['a misspelt setting', 'personas: {}\ntest: []', ['TEST_KEY_MISSING 1:1 personas', 'TEST_KEY_UNKNOWN 2:1 test']],
    [
      'a misspelt setting of a case',
      'personas: {a: {}}\ntests: [{as: a, call: t, expct: DENY}]',
      ['TEST_KEY_MISSING 2:9 {as: a, call: t, expct: DENY}', 'TEST_KEY_UNKNOWN 2:26 expct'],
    ],
    ['a wrong type', 'personas: {a: {groups: x}}\ntests: []', ['TEST_VALUE_INVALID 1:24 x']],
    [
      'a wrong outcome',
      'personas: {a: {}}\ntests: [{as: a, call: t, expect: allow}]',
      ['TEST_VALUE_INVALID 2:34 allow'],
    ],
    ['a wrong time', 'personas: {}\nnow: 20 November\ntests: []', ['TEST_VALUE_INVALID 2:6 20 November']],
    ['a case without kind', 'personas: {a: {}}\ntests: [{as: a}]', ['TEST_CASE_KIND_MISSING 2:9 {as: a}']],
    [
      'a persona that nobody declared',
      'personas: {ann: {}}\ntests: [{as: [ann, an], list: []}]',
      ['TEST_PERSONA_UNKNOWN 2:20 an'],
    ],
    [
      'a persona of two kinds',
      'personas: {a: {username: b, client: c}}\ntests: []',
      ['TEST_PERSONA_KIND_MIXED 1:29 client'],
    ],
    [
      'an inexact integer',
      'personas: {}\ntests: []\nnow: 9007199254740993',
      ['TEST_NUMBER_INEXACT 3:6 9007199254740993'],
    ],
    ['a key twice', 'personas: {}\npersonas: {}\ntests: []', ['TEST_FILE_SYNTAX 2:1 p']],
    ['no YAML', 'personas: {a: "b}', ['TEST_FILE_SYNTAX 1:18 ']],
    ['nothing', '', ['TEST_VALUE_INVALID 1:1 ']],
    ['endless aliases', aliasBomb(), ['TEST_FILE_SYNTAX 1:1 ']],
  ])('says where %s stands', (_, yaml, expected) => {
    expect(findings(yaml).map((finding) => finding.trimEnd())).toEqual(expected.map((finding) => finding.trimEnd()));
  });

  it('follows aliases to the place of a fault', () => {
    expect(findings('personas: { a: &p { grops: [x] }, b: *p }\ntests: []')[0]).toBe('TEST_KEY_UNKNOWN 1:21 grops');
  });

  it('never crashes on text that is no test file', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
        const { testFile, diagnostics } = readTestFile('x', text);
        return testFile !== undefined || diagnostics.length > 0;
      }),
      runs(300),
    );
  });

  it('never crashes on any structure under the keys of the format', () => {
    const leaf = fc.oneof(
      fc.string(),
      fc.integer(),
      fc.double(),
      fc.boolean(),
      fc.constant(null),
      fc.constant('ALLOW'),
    );
    const key = fc.constantFrom(
      'personas',
      'tests',
      'as',
      'call',
      'list',
      'expect',
      'decision',
      'now',
      'a',
      '__proto__',
      'constructor',
    );
    const { value } = fc.letrec((tie) => ({
      value: fc.oneof(
        { maxDepth: 5 },
        leaf,
        fc.array(tie('value'), { maxLength: 4 }),
        fc.dictionary(key, tie('value'), { maxKeys: 5 }),
      ),
    }));
    fc.assert(
      fc.property(value, (data) => {
        const { testFile, diagnostics } = readTestFile('x', stringify(data));
        for (const { message, help } of diagnostics) expect(message + help).not.toMatch(/undefined|\[object/);
        return testFile !== undefined || diagnostics.length > 0;
      }),
      runs(300),
    );
  });

  it('takes nesting beyond any stack as a finding', () => {
    const { diagnostics } = readTestFile('x', `personas: ${'['.repeat(50_000)}`);
    expect(diagnostics[0]?.code).toBe('TEST_FILE_SYNTAX');
    expect(diagnostics.length).toBeLessThan(5);
  });
});

function aliasBomb(): string {
  const levels = Array.from(
    { length: 12 },
    (_, level) =>
      `l${level}: &l${level} [${
        level === 0
          ? 'x'
          : Array(9)
              .fill(`*l${level - 1}`)
              .join(', ')
      }]`,
  );
  return `${levels.join('\n')}\npersonas: {}\ntests: []`;
}
