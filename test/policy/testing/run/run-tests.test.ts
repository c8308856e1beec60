import { describe, expect, it } from 'vitest';
import { renderJUnit } from '../../../../lib/policy/testing/report/render-junit';
import { renderReport } from '../../../../lib/policy/testing/report/render-report';
import type { TestReport } from '../../../../lib/policy/testing/run/report';
import { runTests } from '../../../../lib/policy/testing/run/run-tests';
import type {
  CallOptions,
  CallResult,
  VerificationBackend,
} from '../../../../lib/policy/testing/run/verification-backend';
import { tests } from '../fixture';

/** A backend that answers what it is told to. */
class Scripted implements VerificationBackend {
  readonly name = 'scripted';
  readonly calls: { persona: string; tool: string; args: unknown; options: CallOptions }[] = [];

  constructor(
    private readonly answers: { readonly [tool: string]: CallResult },
    private readonly tools: readonly string[] | Error = [],
  ) {}

  call: VerificationBackend['call'] = (persona, tool, args, options) => {
    this.calls.push({ persona: persona.name, tool, args, options });
    const answer = this.answers[tool];
    return answer === undefined ? Promise.reject(new Error('connection reset')) : Promise.resolve(answer);
  };

  listTools: VerificationBackend['listTools'] = () =>
    this.tools instanceof Error ? Promise.reject(this.tools) : Promise.resolve(this.tools);
}

function one(expect: string): string {
  return `personas: { ann: {} }\ntests: [{ as: ann, call: t, expect: ${expect} }]`;
}

async function outcome(
  expectation: string,
  result: CallResult,
): Promise<{ status?: string; why?: readonly string[]; unchecked?: readonly string[] }> {
  const report = await runTests([tests(one(expectation))], new Scripted({ t: result }));
  const { status, why, unchecked } = report.files[0]?.cases[0] ?? {};
  return { ...(status ? { status } : {}), ...(why ? { why } : {}), ...(unchecked ? { unchecked } : {}) };
}

const DENIED: CallResult = { kind: 'denied', by: 'policy', reason: 'No policy applies', determining: [] };

describe('a case', () => {
  it.each<[string, string, CallResult, string]>([
    ['allowed as expected', 'ALLOW', { kind: 'allowed' }, 'passed'],
    ['denied as expected', 'DENY', DENIED, 'passed'],
    ['an error as expected', 'ERROR', { kind: 'error', reason: 'x' }, 'passed'],
    ['allowed instead of denied', 'DENY', { kind: 'allowed' }, 'failed'],
    ['an error instead of a denial', 'DENY', { kind: 'error', reason: 'x' }, 'failed'],
    ['a denial instead of an error', 'ERROR', DENIED, 'failed'],
    ['a denial that may be an error', 'ERROR', { ...DENIED, maybeError: true }, 'passed'],
    ['a 401 instead of a denial', 'DENY', { kind: 'failed', status: 401, message: 'no token' }, 'failed'],
    ['a 500 instead of an error', 'ERROR', { kind: 'failed', status: 500, message: 'x' }, 'failed'],
    ['what the backend cannot run', 'DENY', { kind: 'not-applicable', reason: 'no clock' }, 'not-applicable'],
    ['the deciding policies', '{ decision: DENY, determining: [] }', DENIED, 'passed'],
    ['other deciding policies', '{ decision: DENY, determining: [x] }', DENIED, 'failed'],
    ['a reason', '{ decision: DENY, reason: No policy }', DENIED, 'passed'],
    ['another reason', '{ decision: DENY, reason: forbidden }', DENIED, 'failed'],
    ['rows', '{ decision: ALLOW, result: { rows: some } }', { kind: 'allowed', answer: [{ a: 1 }] }, 'passed'],
    ['no rows', '{ decision: ALLOW, result: { rows: some } }', { kind: 'allowed', answer: [] }, 'failed'],
  ])('with %s', async (_, expectation, result, status) => {
    expect((await outcome(expectation, result)).status).toBe(status);
  });

  it('counts what the backend cannot check, and never as passed in silence', async () => {
    const expectation = '{ decision: ALLOW, determining: [x], flips: [], result: { rows: some } }';
    expect(await outcome(expectation, { kind: 'allowed' })).toEqual({
      status: 'passed',
      why: [],
      unchecked: ['determining', 'flips', 'result'],
    });
    const report = await runTests([tests(one(expectation))], new Scripted({ t: { kind: 'allowed' } }));
    expect(report).toMatchObject({ passed: 1, failed: 0, notApplicable: 0, unchecked: 3 });
    expect(renderReport(report)).toContain('3 expectations cannot be checked here');
  });

  it('asks why only when it fails', async () => {
    let asked = 0;
    const why = (): readonly string[] => [`asked ${++asked}`];
    expect((await outcome('DENY', { ...DENIED, why })).why).toEqual([]);
    expect((await outcome('ALLOW', { ...DENIED, why })).why).toEqual(['expected ALLOW, got DENY', 'asked 1']);
  });

  it('fails when the backend breaks', async () => {
    const report = await runTests([tests(one('DENY'))], new Scripted({}));
    expect(report.files[0]?.cases[0]).toMatchObject({ status: 'failed', got: 'FAILED (connection reset)' });
  });

  it('hands over what it says and nothing else', async () => {
    const backend = new Scripted({ t: { kind: 'allowed' } });
    const yaml = `personas: { ann: { trusted: { g: EU, h: 1 } } }
tests:
  - { as: ann, call: t, expect: ALLOW }
  - { as: ann, call: t, arguments: { a: 1 }, trusted: { g: US }, now: 2026-01-02T00:00:00Z, interceptor: bypassed, expect: ALLOW }`;
    await runTests([tests(yaml)], backend);
    expect(backend.calls).toEqual([
      {
        persona: 'ann',
        tool: 't',
        args: undefined,
        options: { trusted: { g: 'EU', h: 1 }, fixesTrusted: false, bypassesInterceptor: false },
      },
      {
        persona: 'ann',
        tool: 't',
        args: { a: 1 },
        options: {
          trusted: { g: 'US', h: 1 },
          fixesTrusted: true,
          bypassesInterceptor: true,
          now: new Date('2026-01-02T00:00:00Z'),
        },
      },
    ]);
  });
});

describe('a list', () => {
  it.each<[string, string, readonly string[], readonly string[]]>([
    ['exactly, in any order', '[b, a]', ['a', 'b'], []],
    ['a tool missing', '[a, b]', ['a'], ['`b` is not listed']],
    ['a tool too many', '[a]', ['a', 'b'], ['`b` is listed']],
    ['nothing', '[]', [], []],
    ['includes and excludes', '{ includes: [a], excludes: [c] }', ['a', 'b'], []],
    ['an excluded tool', '{ excludes: [a] }', ['a'], ['`a` is listed']],
    ['an included tool missing', '{ includes: [c] }', ['a'], ['`c` is not listed']],
  ])('%s', async (_, list, tools, why) => {
    const report = await runTests(
      [tests(`personas: { a: {} }\ntests: [{ as: a, list: ${list} }]`)],
      new Scripted({}, tools),
    );
    expect(report.files[0]?.cases[0]?.why).toEqual(why);
    expect(report.failed).toBe(why.length > 0 ? 1 : 0);
  });

  it('that cannot be had is a failure, not an empty list', async () => {
    const file = tests('personas: { a: {} }\ntests: [{ as: a, list: [] }]');
    const report = await runTests([file], new Scripted({}, new Error('HTTP 401')));
    expect(report.files[0]?.cases[0]).toMatchObject({ status: 'failed', got: 'FAILED (HTTP 401)' });
  });
});

describe('a run', () => {
  const file = tests(`personas: { ann: {}, bob: {} }
tests:
  - { name: first, as: [ann, bob], call: t, arguments: { a: 1 }, expect: DENY }
  - { name: second, as: ann, call: u, expect: ALLOW }
  - { name: third <&>, as: ann, call: v, expect: ALLOW }`);
  const answers: { [tool: string]: CallResult } = {
    t: DENIED,
    u: { kind: 'not-applicable', reason: 'no clock here' },
    v: { kind: 'denied', by: 'policy', reason: 'bad \u0007 "reason"', determining: ['x'] },
  };

  it('runs what the filter matches', async () => {
    const names = async (filter: RegExp): Promise<string[]> => {
      const report = await runTests([file], new Scripted(answers), { filter });
      return report.files.flatMap(({ cases }) => cases.map(({ name }) => name));
    };
    expect(await names(/first/)).toEqual(['first', 'first']);
    expect(await names(/^bank\.test\.yaml: s/g)).toEqual(['second']);
    expect(await names(/nothing/)).toEqual([]);
  });

  it('tells of each case as it ends, and stops at the first failure when told to', async () => {
    const seen: string[] = [];
    const report = await runTests([file, file], new Scripted(answers), {
      onCase: ({ name }) => seen.push(name),
      failFast: true,
    });
    expect(seen).toEqual(['first', 'first', 'second', 'third <&>']);
    expect(report.failed).toBe(1);
  });

  it('shows failures with persona, call, expected, got and why', async () => {
    expect(renderReport(await runTests([file], new Scripted(answers)))).toBe(
      [
        'bank.test.yaml: 2 of 4 passed',
        '  skipped: second',
        '    because   no clock here',
        '  FAILED: third <&>',
        '    at        bank.test.yaml:5:5',
        '    persona   ann',
        '    call      v (no arguments)',
        '    expected  ALLOW',
        '    got       DENY by `x` (bad \u0007 "reason")',
        '    why       expected ALLOW, got DENY',
        'scripted: 2 passed, 1 failed, 1 not applicable',
        '',
      ].join('\n'),
    );
  });

  it('writes JUnit that every reader can parse', async () => {
    const xml = renderJUnit(await runTests([file], new Scripted(answers)));
    expect(xml).toContain('<testsuites name="scripted" tests="4" failures="1" skipped="1">');
    expect(xml).toContain(
      '<testcase name="third &lt;&amp;&gt;" classname="scripted.bank.test.yaml" file="bank.test.yaml" line="5">',
    );
    expect(xml).toContain('got DENY by `x` (bad \ufffd &quot;reason&quot;)');
    expect(xml).toContain('<skipped message="no clock here"/>');
  });

  it('escapes whatever a name holds', () => {
    const location = { file: 'f', line: 1, column: 1 };
    const entry = { persona: 'p', expected: '', got: '', why: [], unchecked: [], location, status: 'failed' as const };
    const report: TestReport = {
      backend: 'b',
      files: [{ file: ']]>"\ud800', cases: [{ ...entry, name: '\u0000<a>\n"' }] }],
      passed: 0,
      failed: 1,
      notApplicable: 0,
      unchecked: 0,
    };
    expect(renderJUnit(report)).toContain(
      '<testcase name="\ufffd&lt;a&gt;&#10;&quot;" classname="b.]]&gt;&quot;\ufffd"',
    );
  });
});
