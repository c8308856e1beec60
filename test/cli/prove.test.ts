import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { read } from '../house/source-files';
import { CommandLine, INPUT, UNDERWRITING } from './command-line';

const apps: CommandLine[] = [];
afterEach(() => {
  for (const app of apps.splice(0)) app.remove();
});

const ONLY_FINANCE = `@invariant("nobody outside finance runs the risk model")
forbid (principal, action == AgentCore::Action::"Underwriting___invoke_risk_model", resource)
unless { principal.hasTag("department") && principal.getTag("department") == "finance" };
`;

function appWith(files: { readonly [path: string]: string }): CommandLine {
  const app = new CommandLine({ ...UNDERWRITING, ...files });
  apps.push(app);
  return app;
}

describe('governed-gateway prove', () => {
  it('says what is proved, for which tools and callers', async () => {
    const { code, out, err } = await appWith({ 'policies/risk.invariant.cedar': ONLY_FINANCE }).run([
      'prove',
      ...INPUT,
    ]);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toContain('proved     nobody outside finance runs the risk model\n');
    expect(out).toContain('for Underwriting___invoke_risk_model (policies/risk.invariant.cedar:2)');
    expect(out).toContain('callers of type AgentCore::OAuthUser');
  });

  it('prints the call that breaks an invariant, and ends with 4', async () => {
    const app = appWith({
      'policies/risk.invariant.cedar': ONLY_FINANCE,
      'policies/risk.cedar': UNDERWRITING['policies/risk.cedar'].replace('== "finance"', 'like "*finance*"'),
    });
    const { code, out } = await app.run(['prove', ...INPUT]);
    expect(code).toBe(4);
    expect(out).toMatch(/^broken {5}nobody outside finance/m);
    expect(out).toContain('claims: {"sub":"caller","department":"xfinancex"}');
    expect(out).toContain('outcome: ALLOW, decided by `risk`');
    for (const page of ['README.md', 'docs/proofs.md']) {
      const [, shown = 'nothing'] = /^\$ npx governed-gateway prove\n([\s\S]*?)^```$/m.exec(read(page)) ?? [];
      expect(out, page).toContain(shown);
      expect(read(page)).toContain(ONLY_FINANCE);
    }
    const json = await app.run(['prove', ...INPUT, '--format', 'json']);
    expect(json.code).toBe(4);
    expect(JSON.parse(json.out).gateways[0].invariants[0]).toMatchObject({
      kind: 'broken',
      tools: ['Underwriting___invoke_risk_model'],
      counterexample: { claims: { department: 'xfinancex' }, outcome: 'ALLOW', determining: ['risk'] },
    });
  });

  it('says the same as SARIF, JUnit and GitHub annotations', async () => {
    const app = appWith({
      'policies/risk.invariant.cedar': ONLY_FINANCE,
      'policies/risk.cedar': UNDERWRITING['policies/risk.cedar'].replace('== "finance"', '!= "sales"'),
    });
    const sarif = await app.run(['prove', ...INPUT, '--format', 'sarif']);
    expect(sarif.code).toBe(4);
    expect(JSON.parse(sarif.out).runs[0].results).toMatchObject([{ ruleId: 'INVARIANT_BROKEN' }]);
    const junit = await app.run(['prove', ...INPUT, '--format', 'junit']);
    expect(junit.code).toBe(4);
    expect(junit.out).toContain('<testsuite name="policies/risk.invariant.cedar" tests="1" failures="1" skipped="0">');
    expect(junit.out).toContain('<testcase name="nobody outside finance runs the risk model"');
    expect(junit.out).toContain('<failure message="expected proved, got broken">');
    expect(junit.out).toContain('tool: Underwriting___invoke_risk_model');
    const github = await app.run(['prove', ...INPUT, '--format', 'github']);
    expect(github.out).toMatch(/^::error .*title=INVARIANT_BROKEN/u);
  });

  it('ends with 3 for an invariant about no call, and without invariants', async () => {
    const vacuous = ONLY_FINANCE.replace(/unless.*/u, 'when { principal.hasTag("a") && !principal.hasTag("a") };');
    const { code, out } = await appWith({ 'policies/risk.invariant.cedar': vacuous }).run(['prove', ...INPUT]);
    expect(code).toBe(3);
    expect(out).toContain('vacuous');
    const none = await appWith({}).run(['prove', ...INPUT]);
    expect(none.code).toBe(3);
    expect(none.err).toContain('error[INVARIANT_NONE]');
  });

  it('stands on the first screen of the README as it is printed', async () => {
    const readme = readFileSync(join(__dirname, '../../README.md'), 'utf8');
    const [invariant = '', printed = ''] = ['```cedar\n', '```console\n$ npx governed-gateway prove\n'].map((fence) => {
      const [, after = ''] = readme.split(fence);
      return after.slice(0, after.indexOf('```'));
    });
    const app = appWith({
      'policies/risk.invariant.cedar': invariant,
      'policies/risk.cedar': UNDERWRITING['policies/risk.cedar'].replace('== "finance"', 'like "*finance*"'),
    });
    const { out } = await app.run(['prove', ...INPUT]);
    expect(printed).not.toBe('');
    expect(out).toContain(printed);
  });

  it('is part of validate', async () => {
    const app = appWith({
      'policies/risk.invariant.cedar': ONLY_FINANCE,
      'policies/risk.cedar': UNDERWRITING['policies/risk.cedar'].replace('== "finance"', '!= "sales"'),
    });
    const { code, err } = await app.run(['validate', ...INPUT]);
    expect(code).toBe(3);
    expect(err).toContain('error[INVARIANT_BROKEN]');
    expect(err).toContain('--> policies/risk.invariant.cedar:2:1');
  });
});
