import { readdirSync, readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { type AccessMatrix, accessMatrix } from '../../lib/policy/access/access-matrix';
import { readTestFile } from '../../lib/policy/testing/file/read-test-file';
import { mutate } from '../../lib/policy/testing/mutation/mutate';
import { checkReferences } from '../../lib/policy/testing/run/check-references';
import { measureCoverage } from '../../lib/policy/testing/run/coverage';
import { OfflineBackend } from '../../lib/policy/testing/run/offline-backend';
import { runTests } from '../../lib/policy/testing/run/run-tests';
import { packTests } from '../../lib/policy/testing/test-policies';
import { type SynthesizedGateway, synthesizedGateways } from './synthesized-gateways';

let gateways: ReadonlyMap<string, SynthesizedGateway>;
beforeAll(() => {
  gateways = synthesizedGateways();
});

function application(name: string): SynthesizedGateway {
  const found = gateways.get(name);
  if (found === undefined) throw new Error(`no application ${name} in ${[...gateways.keys()].join(', ')}`);
  return found;
}

const APPLICATIONS = ['lakehouse', 'underwriting', 'devops'];

/** Planted faults that change no decision, as proof finds them. */
const EQUAL: { readonly [application: string]: readonly string[] } = {
  lakehouse: [],
  underwriting: [],
  devops: [
    'clean-logs > action == AgentCore::Action::"devops___clean_logs" becomes action',
    'get-metrics > action == AgentCore::Action::"devops___get_metrics" becomes action',
  ],
};

/** Packs by application. */
const PACKS: { readonly [application: string]: readonly string[] } = {
  lakehouse: ['pack login-audit', 'pack served-geographies'],
};

describe.each(APPLICATIONS)('the policies of %s', (name) => {
  it('pass their tests, which see every condition true and false', async () => {
    const { gateway, files } = application(name);
    const backend = new OfflineBackend(gateway);
    expect(files.flatMap((file) => checkReferences(file, gateway))).toEqual([]);
    const report = await runTests(files, backend);
    const failed = report.files.flatMap(({ cases }) => cases).filter(({ status }) => status !== 'passed');
    expect(failed).toEqual([]);
    expect(report.passed).toBeGreaterThan(40);
    expect(measureCoverage(backend.set, backend.decided).percent).toBe(100);
  });

  it('pass the tests of their packs', async () => {
    const { gateway } = application(name);
    const read = packTests(gateway).map(({ path, text }) => readTestFile(path, text));
    expect(read.flatMap(({ diagnostics }) => diagnostics)).toEqual([]);
    const files = read.flatMap(({ testFile }) => testFile ?? []);
    expect(files.flatMap((file) => checkReferences(file, gateway))).toEqual([]);
    const report = await runTests(files, new OfflineBackend(gateway));
    expect(report.files.map(({ file }) => file)).toEqual(PACKS[name] ?? []);
    expect(report).toMatchObject({ failed: 0, notApplicable: 0 });
  });

  it('do not survive a planted fault unnoticed', async () => {
    const { gateway, files } = application(name);
    const { set } = new OfflineBackend(gateway);
    const mutation = await mutate(gateway, files, set);
    expect(mutation.mutants.filter(({ status }) => status === 'survived')).toEqual([]);
    expect(mutation.diagnostics).toEqual([]);
    expect(mutation.killed).toBeGreaterThan(10);
    // By proof, not by anybody's word: nothing is accepted.
    expect(mutation.accepted).toBe(0);
    expect(mutation.mutants.filter(({ status }) => status === 'equal').map(({ id }) => id)).toEqual(EQUAL[name]);
  });

  it('are one per file, explained, bound to the gateway, for users with a token', () => {
    for (const file of readdirSync(`policies/${name}`).filter((entry) => /(?<!\.invariant)\.cedar$/u.test(entry))) {
      const text = readFileSync(`policies/${name}/${file}`, 'utf8');
      expect(text.match(/^(permit|forbid) \(/gm), file).toHaveLength(1);
      expect(text, file).toMatch(/^\/\/ \S/);
      expect(text, file).toMatch(/^@description\("/m);
      expect(text, file).toContain('resource == ?resource');
      expect(text, file).toContain('principal is AgentCore::OAuthUser');
    }
  });
});

describe('who can reach which tool', () => {
  const matrices = new Map<string, AccessMatrix>();

  function matrix(name: string, persona: string): { [tool: string]: string } {
    const { gateway, files } = application(name);
    const all = matrices.get(name) ?? accessMatrix(gateway, new OfflineBackend(gateway).set, files);
    matrices.set(name, all);
    const { tools } = all;
    const cells = tools.map(({ tool, cells }) => [tool, cells.find((cell) => cell.persona === persona)?.access]);
    return Object.fromEntries(cells) as { [tool: string]: string };
  }

  it('lakehouse: nothing for callers outside the groups, no audit below administrators', () => {
    expect(new Set(Object.values(matrix('lakehouse', 'visitor')))).toEqual(new Set(['never']));
    expect(new Set(Object.values(matrix('lakehouse', 'superadministrator')))).toEqual(new Set(['never']));
    expect(matrix('lakehouse', 'adjuster')['lakehouse___query_login_audit']).toBe('never');
    expect(matrix('lakehouse', 'policyholder')['lakehouse___get_claims_summary']).toBe('never');
    expect(matrix('lakehouse', 'administrator')['lakehouse___query_login_audit']).not.toBe('never');
  });

  it('underwriting: approval for nobody', () => {
    for (const persona of ['finance', 'sales', 'machine']) {
      expect(matrix('underwriting', persona)['underwriting___approve_application'], persona).toBe('never');
    }
  });

  it('every tool of the lakehouse asks for the three trusted fields and the proof', () => {
    const { manifest } = application('lakehouse');
    const tools = manifest.targets.flatMap(({ name, tools }) => tools.map((tool) => `${name}___${tool.name}`));
    expect(tools).toHaveLength(5);
    for (const field of manifest.trustedContext) expect([...field.tools].sort()).toEqual([...tools].sort());
    expect(manifest.trustedContext.map(({ name }) => name)).toEqual([
      'caller_id',
      'caller_role',
      'geography',
      'gateway_proof',
    ]);
  });
});
