import { afterAll, describe, expect, it } from 'vitest';
import { CommandLine, INPUT, UNDERWRITING } from './command-line';

const app = new CommandLine(UNDERWRITING);
afterAll(() => app.remove());

const FAILING = `personas: { bob: { claims: { department: sales } } }
tests:
  - { as: bob, call: Underwriting___invoke_risk_model, arguments: { id: a }, expect: ALLOW }
`;

describe('governed-gateway test', () => {
  it('runs the tests beside the policies', async () => {
    expect(await app.run(['test', ...INPUT])).toEqual({
      code: 0,
      out: 'policies/underwriting.test.yaml: 7 of 7 passed\noffline: 7 passed, 0 failed\n',
      err: '',
    });
  });

  it('ends with 2 when a test fails, and shows persona, call, expected, got and why', async () => {
    app.write('extra/failing.test.yaml', FAILING);
    const { code, out } = await app.run(['test', 'extra', ...INPUT]);
    expect(code).toBe(2);
    expect(out).toBe(`extra/failing.test.yaml: 0 of 1 passed
  FAILED: bob calls Underwriting___invoke_risk_model: ALLOW
    at        extra/failing.test.yaml:3:5
    persona   bob
    call      Underwriting___invoke_risk_model {"id":"a"}
    expected  ALLOW
    got       DENY by no policy (No policy applies to the request (denied by default).)
    why       expected ALLOW, got DENY
              permit \`risk\` at policies/risk.cedar:6:42: \`principal.getTag("department") == "finance"\` does not hold
offline: 0 passed, 1 failed
`);
  });

  it('measures coverage and holds it against a threshold', async () => {
    const full = await app.run(['test', ...INPUT, '--threshold', '100']);
    expect(full.code).toBe(0);
    expect(full.out).toContain('coverage: 100 % (8 of 8)');
    const some = await app.run(['test', ...INPUT, '--filter', 'create_application', '--threshold', '50.5']);
    expect(some.code).toBe(2);
    expect(some.out).toContain('risk: 0 of 5');
    expect(some.err).toBe('policies: coverage 37.5 % is below 50.5 %\n');
  });

  it('makes mutants and ends with 2 when one survives', async () => {
    const all = await app.run(['test', ...INPUT, '--mutate']);
    expect(all.code).toBe(0);
    expect(all.out).toMatch(/mutants: [1-9]\d* killed, 0 survived, \d+ refused by validation/);
    app.write(
      'loose/loose.test.yaml',
      UNDERWRITING['policies/underwriting.test.yaml'].replace('4999999.9999', '4000000'),
    );
    const loose = await app.run(['test', 'loose', ...INPUT, '--mutate']);
    expect(loose.code).toBe(2);
    expect(loose.out).toContain(
      'policies/create.cedar:7:55: no test notices: create-below-5m > "5000000.0" becomes "4999999.9999"',
    );
  });

  it('writes the missing tests as a file, which then leave no survivor', async () => {
    const write = async () => app.run(['test', 'loose', ...INPUT, '--suggest-to', 'loose/suggested.test.yaml']);
    const first = await write();
    expect(first.code).toBe(2);
    expect(first.err).toBe('loose/suggested.test.yaml: 1 test written\n');
    expect(await app.run(['test', 'loose', ...INPUT, '--mutate'])).toMatchObject({ code: 0 });
    expect(await write()).toMatchObject({
      code: 0,
      err: 'no test is missing: loose/suggested.test.yaml is not written\n',
    });
    app.write('loose/suggested.test.yaml', 'personas: {}\ntests: []\n');
    const again = await write();
    expect(again.code).toBe(1);
    expect(again.err).toContain('COMMAND_FILE_UNWRITABLE');
  });

  it('refuses reasons for mutants that do not survive', async () => {
    const yaml = `${UNDERWRITING['policies/underwriting.test.yaml']}survivors: [{ mutant: risk > permit becomes forbid, reason: none }]\n`;
    app.write('stale/stale.test.yaml', yaml);
    const { code, err } = await app.run(['test', 'stale', ...INPUT, '--mutate']);
    expect(code).toBe(3);
    expect(err).toContain('TEST_SURVIVOR_UNKNOWN');
  });

  it('prints one JSON object', async () => {
    const { out, err } = await app.run(['test', ...INPUT, '--coverage', '--mutate', '--format', 'json']);
    expect(err).toBe('');
    expect(JSON.parse(out)).toMatchObject({
      backend: 'offline',
      passed: 7,
      failed: 0,
      notApplicable: 0,
      unchecked: 0,
      files: [{ file: 'policies/underwriting.test.yaml' }],
      gateways: [{ gateway: 'policies', coverage: { percent: 100 }, mutation: { survived: 0 } }],
    });
  });

  it('prints JUnit, and the rest on stderr', async () => {
    const { out, err } = await app.run(['test', ...INPUT, '--coverage', '--format', 'junit']);
    expect(out).toMatch(
      /^<\?xml version="1\.0" encoding="UTF-8"\?>\n<testsuites name="offline" tests="7" failures="0"/,
    );
    expect(err).toBe('coverage: 100 % (8 of 8)\n');
  });

  it.each([
    ['a file that is not there', ['nowhere.test.yaml'], 1, 'COMMAND_FILE_UNREADABLE'],
    ['a folder without tests', ['policies/none'], 1, 'COMMAND_FILE_UNREADABLE'],
    ['a filter that matches nothing', ['--filter', 'zzz'], 1, 'TEST_FILTER_MATCHES_NONE'],
    ['a filter that is no expression', ['--filter', '('], 3, 'COMMAND_OPTION_INVALID'],
    ['a threshold beyond 100', ['--threshold', '101'], 3, 'COMMAND_OPTION_INVALID'],
    ['a threshold that is no number', ['--threshold', '1e1'], 3, 'COMMAND_OPTION_INVALID'],
  ])('with %s', async (_, args, code, finding) => {
    const result = await app.run(['test', ...INPUT, ...args]);
    expect(result.code).toBe(code);
    expect(result.err).toContain(finding);
  });

  it('reports every fault of every file at once', async () => {
    app.write('wrong/a.test.yaml', 'personas: { a: {} }\ntests: [{ as: b, list: [] }]');
    app.write('wrong/b.test.yaml', 'personas: { a: {} }\ntests: [{ as: a, list: [Underwriting___x] }]');
    const { code, err } = await app.run(['test', 'wrong', ...INPUT]);
    expect(code).toBe(3);
    expect(err).toContain('--> wrong/a.test.yaml:2:15');
    expect(err).toContain('--> wrong/b.test.yaml:2:9');
  });

  it('finds nothing to run where there are no tests', async () => {
    const { 'policies/underwriting.test.yaml': _, ...rest } = UNDERWRITING;
    const bare = new CommandLine(rest);
    expect(await bare.run(['test', ...INPUT])).toMatchObject({
      code: 1,
      err: expect.stringContaining('TEST_FILES_NONE'),
    });
    bare.remove();
  });
});
