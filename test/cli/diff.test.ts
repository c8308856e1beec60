import { execFileSync } from 'node:child_process';
import { afterEach, describe, expect, it } from 'vitest';
import { read } from '../house/source-files';
import { CommandLine, INPUT, UNDERWRITING } from './command-line';

const apps: CommandLine[] = [];
afterEach(() => {
  for (const app of apps.splice(0)) app.remove();
});

/** The application, and beside it what it was before some files changed. */
function appWith(changed: { readonly [path: string]: string }): CommandLine {
  const old = Object.entries(UNDERWRITING).map(([path, text]) => [`old/${path}`, text] as const);
  const app = new CommandLine({ ...UNDERWRITING, ...changed, ...Object.fromEntries(old) });
  apps.push(app);
  return app;
}

const RISK = UNDERWRITING['policies/risk.cedar'];
const CREATE = UNDERWRITING['policies/create.cedar'];
const AGAINST_FOLDER = [...INPUT, '--base', 'old/policies'];

/** As JSON, with the causes and tools of each change. */
async function changesOf(app: CommandLine, args: readonly string[]) {
  const { code, out, err } = await app.run(['diff', ...args, '--format', 'json']);
  const [gateway] = out === '' ? [] : JSON.parse(out).gateways;
  return { code, err, gateway, changes: gateway?.changes };
}

describe('governed-gateway diff', () => {
  it('proves that nobody gains or loses access, however the policies are written', async () => {
    const written = RISK.replace(
      'principal.hasTag("department") && principal.getTag("department") == "finance"',
      '!(!principal.hasTag("department") || principal.getTag("department") != "finance")',
    );
    const { code, out, err } = await appWith({ 'policies/risk.cedar': written }).run([
      'diff',
      ...AGAINST_FOLDER,
      '--no-new-access',
    ]);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toContain('unchanged  all 3 tools: proved for every caller, argument and time');
  });

  it('shows who gains and who loses, with a call that both policies decided', async () => {
    const app = appWith({
      'policies/risk.cedar': RISK.replace('== "finance"', 'like "*finance*"'),
      'policies/create.cedar': CREATE.replace('5000000.0', '4000000.0'),
    });
    const { code, out } = await app.run(['diff', ...AGAINST_FOLDER]);
    expect(code).toBe(0);
    const [, shown = 'nothing'] = /^```console\n(gained[\s\S]*?)^```$/m.exec(read('docs/access-diff.md')) ?? [];
    expect(out).toContain(shown);
    expect(out).toBe(`policies
gained     Underwriting___invoke_risk_model
           policy \`risk\` was changed (policies/risk.cedar:1)
           it said: Callers with a token may call \`Underwriting___invoke_risk_model\` if their claim \`department\` is "finance".
           it says: Callers with a token may call \`Underwriting___invoke_risk_model\` if their claim \`department\` contains the text "finance".
           callers: depends on \`department\` (yes with \`"xfinancex"\`, no without it)
           arguments: all
           for example:
             claims: {"sub":"caller","department":"xfinancex"}
             tool: Underwriting___invoke_risk_model
             input: {"id":""}
             now: 2026-01-01T12:00:00.000Z
           before: DENY, decided by no policy
             permit \`risk\` at old/policies/risk.cedar:6:42: \`principal.getTag("department") == "finance"\` does not hold
           after: ALLOW, decided by \`risk\`
lost       Underwriting___create_application
           policy \`create-below-5m\` was changed (policies/create.cedar:2)
           it said: Callers with a token may call \`Underwriting___create_application\` if the argument \`coverage_amount\` is less than 5000000.0.
           it says: Callers with a token may call \`Underwriting___create_application\` if the argument \`coverage_amount\` is less than 4000000.0.
           callers: all
           arguments: depends on \`coverage_amount\` (yes with \`4000000\`, no with \`0\`)
           for example:
             claims: {"sub":"caller"}
             tool: Underwriting___create_application
             input: {"coverage_amount":4000000}
             now: 2026-01-01T12:00:00.000Z
           before: ALLOW, decided by \`create-below-5m\`
           after: DENY, decided by no policy
             permit \`create-below-5m\` at policies/create.cedar:7:8: \`context.input.coverage_amount.lessThan(decimal("4000000.0"))\` does not hold
unchanged  1 tool: Underwriting___approve_application
`);
  });

  it('fails a check for access that nobody meant to give', async () => {
    const app = appWith({
      'policies/risk.cedar': RISK.replace('== "finance"', '!= "sales"'),
      'legal.cedar': RISK.replace('== "finance"', '== "legal"').replace('permit', '@id("legal") permit'),
      'all.cedar': `${RISK.slice(0, RISK.indexOf('when'))};\n${CREATE.replace('create-below-5m', 'stale')}`,
      'forbid.cedar': RISK.replace('permit', 'forbid'),
      'misspelled.cedar': [
        CREATE.replace('create_application', 'create_aplication'),
        CREATE.replace('create-below-5m', 'b').replaceAll('coverage_amount', 'coverage_amuont'),
      ].join('\n'),
    });
    const check = [...AGAINST_FOLDER, '--no-new-access'];
    expect(await changesOf(app, check)).toMatchObject({ code: 4, changes: [{ direction: 'gained', isMeant: false }] });
    // One allowance covers some of it: the example is a call that is left.
    const some = await changesOf(app, [...check, '--allow', 'legal.cedar']);
    expect(some.code).toBe(4);
    expect(some.changes[0].example.claims.department).not.toBe('legal');
    // The other one covers all of it, and a permit beside it nothing.
    const all = await changesOf(app, [...check, '--allow', 'all.cedar']);
    expect(all).toMatchObject({ code: 0, changes: [{ isMeant: true }], gateway: { unusedAllowances: ['stale'] } });
    expect((await app.run(['diff', ...check, '--allow', 'all.cedar'])).err).toContain(
      'warning[ACCESS_ALLOWANCE_UNUSED]',
    );
    const forbid = await app.run(['diff', ...check, '--allow', 'forbid.cedar']);
    expect(forbid).toMatchObject({ code: 3, err: expect.stringContaining('ACCESS_ALLOWANCE_FORBID') });
    // A name that no tool and no caller has would cover nothing, and stay behind.
    const misspelled = await app.run(['diff', ...check, '--allow', 'misspelled.cedar']);
    expect(misspelled).toMatchObject({ code: 3, out: '' });
    expect(misspelled.err).toContain('did you mean `Underwriting___create_application`?');
    expect(misspelled.err).toContain('did you mean `coverage_amount`?');
  });

  it('tells new, gone and changed tools from changed policies', async () => {
    const app = appWith({});
    const before = JSON.parse(UNDERWRITING['tools.json']).tools;
    const [create, risk, approve] = before;
    const bounded = { ...create.inputSchema.properties, note: { type: 'string' } };
    const takesMore = { ...create, inputSchema: { ...create.inputSchema, properties: bounded } };
    const anybody =
      'permit (principal, action in AgentCore::Action::"Underwriting", resource == ?resource) when { principal.hasTag("a") };';
    app.write('policies/any.cedar', anybody);
    app.write('old/policies/any.cedar', anybody);
    app.write(
      'tools.json',
      JSON.stringify({ tools: [takesMore, risk, { ...approve, name: 'Underwriting___reject' }] }),
    );
    const { code, gateway, changes } = await changesOf(app, [...INPUT, '--base', 'old']);
    expect(code).toBe(0);
    expect(gateway.tools).toEqual({
      added: ['Underwriting___reject'],
      removed: ['Underwriting___approve_application'],
      changed: ['Underwriting___create_application'],
    });
    expect(changes).toMatchObject([
      {
        direction: 'gained',
        cause: { kind: 'arguments' },
        tools: ['Underwriting___create_application'],
        example: { input: { note: '' }, before: { outcome: 'ERROR' } },
      },
      { direction: 'gained', cause: { kind: 'tool' }, tools: ['Underwriting___reject'], example: { before: null } },
      {
        direction: 'lost',
        cause: { kind: 'tool' },
        tools: ['Underwriting___approve_application'],
        example: { after: null },
      },
    ]);
    expect(gateway.unchanged).toEqual(['Underwriting___invoke_risk_model']);
  });

  it('reads a git revision, and leaves the working tree and the index alone', async () => {
    const app = appWith({});
    const git = (...args: readonly string[]): string =>
      execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.com', ...args], {
        cwd: app.cwd,
        encoding: 'utf8',
      });
    git('init', '--quiet', '--initial-branch', 'main');
    git('add', 'policies', 'tools.json');
    git('commit', '--quiet', '--message', 'first');
    app.write('policies/risk.cedar', RISK.replace('== "finance"', '== "legal"'));
    app.write('policies/more.cedar', CREATE.replace('create-below-5m', 'more').replace('5000000', '9000000'));
    git('add', 'policies/more.cedar');
    const status = git('status', '--porcelain');
    const { code, changes, gateway } = await changesOf(app, [...INPUT, '--base', 'HEAD']);
    expect({ code, notes: gateway.notes }).toEqual({ code: 0, notes: [] });
    expect(changes).toMatchObject([
      { direction: 'gained', cause: { policy: 'more', change: 'added' } },
      {
        direction: 'gained',
        cause: { policy: 'risk', change: 'changed' },
        example: { claims: { department: 'legal' } },
      },
      {
        direction: 'lost',
        cause: { policy: 'risk', change: 'changed' },
        example: { claims: { department: 'finance' } },
      },
    ]);
    expect(git('status', '--porcelain')).toBe(status);
    const unknown = await app.run(['diff', ...INPUT, '--base', 'no-such-branch']);
    expect(unknown).toMatchObject({ code: 1, err: expect.stringContaining('error[DIFF_BASE_UNKNOWN]') });
    // What a revision cannot be read as is an error of the revision, by git's own name for the file.
    app.write('policies/risk.cedar', 'permit (');
    git('commit', '--quiet', '--all', '--message', 'broken');
    app.write('policies/risk.cedar', RISK);
    const broken = await app.run(['diff', ...INPUT, '--base', 'HEAD']);
    expect(broken).toMatchObject({ code: 3, err: expect.stringContaining('--> HEAD:policies/risk.cedar:1') });
  });

  it('says what policies in LOG_ONLY would change', async () => {
    const app = appWith({
      'policies/limit.cedar': `@enforcement("LOG_ONLY") @id("limit") ${CREATE.replace(/@id.*\n/u, '')
        .replace('permit', 'forbid')
        .replace('lessThan', 'greaterThan')
        .replace('5000000', '1000000')}`,
    });
    const { changes } = await changesOf(app, [...INPUT, '--if-active']);
    expect(changes).toMatchObject([{ direction: 'lost', cause: { policy: 'limit', change: 'added' } }]);
    expect(await changesOf(app, [...INPUT, '--base', 'old/policies'])).toMatchObject({ changes: [] });
    expect(await changesOf(app, [...INPUT, '--base', 'old/policies', '--if-active', 'limit'])).toMatchObject({
      changes: [{ cause: { policy: 'limit' } }],
    });
    const unknown = await app.run(['diff', ...INPUT, '--if-active', 'limits']);
    expect(unknown).toMatchObject({ code: 3, err: expect.stringContaining('did you mean `limit`?') });
    expect(await app.run(['diff', ...INPUT])).toMatchObject({
      code: 1,
      err: expect.stringContaining('DIFF_BASE_MISSING'),
    });
  });

  it('writes comments for pull requests, SARIF and annotations', async () => {
    const app = appWith({ 'policies/risk.cedar': RISK.replace('"finance"', '"a|b`c"') });
    const { out } = await app.run(['diff', ...AGAINST_FOLDER, '--format', 'markdown']);
    expect(out).toContain(
      String.raw`| gained | \`Underwriting___invoke_risk_model\` | depends on \`department\` \(yes with \`"a\|b\u0060c"\`, no without it\) | all |`
        .replaceAll('\\`', '`')
        .concat(' policy `risk` was changed (`policies/risk.cedar:1`) |'),
    );
    expect(out).toContain('<details><summary>A call of Underwriting___invoke_risk_model that gains access</summary>');
    expect(out).toContain('claims: {"sub":"caller","department":"a|b`c"}');
    const json = await app.run(['diff', ...AGAINST_FOLDER, '--format', 'json']);
    expect(JSON.parse(json.out).gateways[0].changes[0]).toMatchObject({
      callersDependOn: [
        {
          on: { kind: 'claim', name: 'department' },
          tools: ['Underwriting___invoke_risk_model'],
          examples: { affected: 'a|b`c' },
        },
      ],
      argumentsDependOn: [],
    });
    const sarif = await app.run(['diff', ...AGAINST_FOLDER, '--format', 'sarif', '--no-new-access']);
    expect(JSON.parse(sarif.out).runs[0].results).toMatchObject([
      {
        ruleId: 'ACCESS_NOT_MEANT',
        level: 'error',
        message: { text: expect.stringContaining('callers: depends on `department`') },
      },
      { ruleId: 'ACCESS_LOST', level: 'warning' },
    ]);
    const github = await app.run(['diff', ...AGAINST_FOLDER, '--format', 'github']);
    expect(github.out).toMatch(/^::warning file=policies\/risk.cedar,line=1,.*title=ACCESS_GAINED::/u);
  });
});
