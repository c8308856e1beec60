import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { MANIFEST_SUFFIX, MANIFEST_VERSION } from '../../../lib/contract/manifest';
import { type Diagnostic, GovernanceError } from '../../../lib/policy';
import { sourceFiles } from '../../../lib/policy/assembly/source-hash';
import { loadPolicies, PolicySource } from '../../../lib/policy/source/source';
import { testGateway, testPolicies } from '../../../lib/policy/testing/test-policies';
import { CommandLine } from '../../cli/command-line';

const policy = `@id("close")
permit (principal is AgentCore::OAuthUser, action == AgentCore::Action::"Bank___close", resource == ?resource)
when { context.input.amount < 5 };
`;
const tests = `personas: { ann: { username: ann } }
tests:
  - { name: below, as: ann, call: Bank___close, arguments: { amount: 4 }, expect: ALLOW }
  - { name: at, as: ann, call: Bank___close, arguments: { amount: 5 }, expect: DENY }
`;
const inputSchema = { type: 'object', properties: { amount: { type: 'integer' } }, required: ['amount'] };
const tools = [{ name: 'Bank___close', description: 'closes', inputSchema }];

const folder = new CommandLine({
  'policies/bank.cedar': policy,
  'policies/bank.test.yaml': tests,
  'wrong.test.yaml': tests.replaceAll('Bank___close', 'Bank___clos').replace('DENY', 'MAYBE'),
  'failing.test.yaml': tests.replace('DENY', 'ALLOW'),
});
afterAll(() => folder.remove());
const at = (path: string): string => join(folder.cwd, path);
const sources = [PolicySource.fromDirectory(at('policies'))];

async function thrown(run: Promise<unknown>): Promise<readonly Diagnostic[]> {
  const error = await run.catch((reason: unknown) => reason);
  if (!(error instanceof GovernanceError)) throw new Error('no GovernanceError');
  return error.diagnostics;
}

describe('testPolicies', () => {
  it('runs the files beside the policies, with coverage and mutants', async () => {
    const { report, coverage, mutation } = await testPolicies(sources, tools, { coverage: true, mutate: true });
    expect(report).toMatchObject({ backend: 'offline', passed: 2, failed: 0 });
    expect(coverage?.percent).toBe(100);
    expect(mutation).toMatchObject({ survived: 0 });
  });

  it('runs only what it is told to, and no mutants when a test fails', async () => {
    const files = [at('failing.test.yaml')];
    const { report, mutation } = await testPolicies(sources, tools, { files, mutate: true });
    expect(report.files[0]?.cases.map(({ status }) => status)).toEqual(['passed', 'failed']);
    expect(mutation).toBeUndefined();
    expect((await testPolicies(sources, tools, { filter: /: below/ })).report).toMatchObject({ passed: 1, failed: 0 });
  });

  it('throws what is wrong in files and tools', async () => {
    const wrong = await thrown(testPolicies(sources, tools, { files: [at('wrong.test.yaml')] }));
    expect(wrong.map(({ location }) => location?.line)).toContain(4);
    const codes = async (run: Promise<unknown>) => (await thrown(run)).map(({ code }) => code);
    expect(await codes(testPolicies(sources, tools, { files: [] }))).toEqual(['TEST_FILES_NONE']);
    expect(await codes(testPolicies(sources, tools, { files: [at('none.test.yaml')] }))).toEqual(['TEST_FILES_NONE']);
    const bare = [{ name: 'close', description: '', inputSchema }];
    expect(await codes(testPolicies(sources, bare))).toEqual(['COMMAND_TOOL_WITHOUT_TARGET']);
    expect(await codes(testPolicies([PolicySource.fromInline('permit(')], tools))).toEqual(['POLICY_SYNTAX']);
  });
});

describe('testGateway', () => {
  it('runs the tests of an app, whose paths start from the directory of the app', async () => {
    const { policies } = loadPolicies(sources, { nameSeed: 'test', baseDirectory: folder.cwd });
    const manifest = {
      manifestVersion: MANIFEST_VERSION,
      path: 'Bank/Gateway',
      stackName: 'Bank',
      gateway: { name: 'bank', mode: 'ENFORCE' },
      identity: { kind: 'iam', authorization: 'iam', claims: [], clients: [], groups: [], customClaims: [] },
      policies,
      invariants: [],
      targets: [{ name: 'Bank', kind: 'lambda', tools: [{ ...tools[0], name: 'close' }] }],
      trustedContext: [],
      interceptors: {},
      local: { tables: [] },
      tests: ['policies/bank.test.yaml'],
      policySources: ['policies'],
      sources: sourceFiles(['policies/bank.cedar'], at('.')),
    };
    folder.write(`cdk.out/Bank.Gateway${MANIFEST_SUFFIX}`, JSON.stringify(manifest));
    const { report } = await testGateway(at('cdk.out'), 'Bank/Gateway');
    expect(report).toMatchObject({ passed: 2, failed: 0 });
    expect((await thrown(testGateway(at('cdk.out'), 'Bang/Gateway'))).map(({ help }) => help)).toEqual([
      'did you mean `Bank/Gateway`?',
    ]);
  });

  it('says that there is no gateway', async () => {
    expect((await thrown(testGateway(at('policies')))).map(({ code }) => code)).toEqual(['MANIFEST_NONE']);
  });
});
