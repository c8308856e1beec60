import { afterAll, describe, expect, it } from 'vitest';
import { readToolList } from '../../lib/cli/tool-list';
import type { RecordedInput } from '../../lib/contract/decision-record/record';
import { schemaHash } from '../../lib/contract/decision-record/schema-hash';
import { PROOF_ARGUMENT, PROOF_PLACEHOLDER } from '../../lib/contract/interceptor-proof';
import type { GatewayManifest } from '../../lib/contract/manifest';
import { withTrustedFields } from '../../lib/contract/trusted-context';
import { sourceFiles } from '../../lib/policy/assembly/source-hash';
import { trustedContextGuards } from '../../lib/policy/guards/trusted-context-guards';
import { generateSchema } from '../../lib/policy/schema/schema';
import { loadPolicies, PolicySource } from '../../lib/policy/source/source';
import { recordOf } from '../decisions/observed';
import { CommandLine, UNDERWRITING } from './command-line';

const app = new CommandLine(UNDERWRITING);
afterAll(() => app.remove());

/** What synth would write for a stage of the application. */
async function manifest(stage: string, mode: 'ENFORCE' | 'LOG_ONLY'): Promise<GatewayManifest> {
  const loaded = loadPolicies([PolicySource.fromDirectory('policies')], { baseDirectory: app.cwd, nameSeed: stage });
  const targets = await readToolList('tools.json', UNDERWRITING['tools.json']);
  return {
    manifestVersion: 1,
    path: `${stage}/Underwriting/Gateway`,
    stackName: `${stage}-Underwriting`,
    gateway: {
      name: `${stage}-underwriting`,
      logicalId: 'Gateway',
      mode,
      protocolVersions: [],
      semanticSearch: false,
      responseStreaming: false,
      toolListPagination: true,
    },
    identity: {
      kind: 'cognito',
      authorization: 'jwt',
      allowedClients: [],
      allowedAudiences: [],
      allowedScopes: [],
      customClaims: [],
      groups: [],
      clients: [],
    },
    targets: targets.map((target) => ({ ...target, kind: 'lambda' as const })),
    trustedContext: [],
    interceptors: {},
    policies: loaded.policies,
    invariants: loaded.invariants,
    schema: 'gateway.cedarschema',
    policySources: loaded.watched,
    tests: loaded.tests,
    sources: sourceFiles(loaded.files, app.cwd),
    outputs: {},
    local: { tables: [], personas: [] },
  };
}

async function synthesized(...stages: [string, 'ENFORCE' | 'LOG_ONLY'][]): Promise<string> {
  const assembly = `out-${stages.map(([stage]) => stage).join('-')}`;
  for (const [stage, mode] of stages) {
    const file = `${assembly}/assembly-${stage}/${stage}Underwriting.Gateway.gateway.json`;
    app.write(file, JSON.stringify(await manifest(stage, mode)));
  }
  return assembly;
}

const NOTHING_READ: RecordedInput = {
  principal: { type: 'AgentCore::OAuthUser' },
  fits: true,
  everyClaim: false,
  claims: {},
  hasClaims: {},
  arguments: {},
  hasArguments: {},
  pseudonyms: {},
};

function never(): never {
  throw new Error('the tool has no schema');
}

const RISK = ['--tool', 'Underwriting___invoke_risk_model', '--claims', '{}', '--input', '{"id":"a"}'];

describe('an app', () => {
  it('is found in nested assemblies, and its tests beside its policies', async () => {
    const assembly = await synthesized(['dev', 'LOG_ONLY'], ['prod', 'ENFORCE']);
    const { code, out } = await app.run(['test', '--app', assembly, '--coverage']);
    expect(code).toBe(0);
    expect(out).toContain('policies/underwriting.test.yaml (dev/Underwriting/Gateway): 7 of 7 passed');
    expect(out).toContain('policies/underwriting.test.yaml (prod/Underwriting/Gateway): 7 of 7 passed');
    expect(out).toContain('\nprod/Underwriting/Gateway\ncoverage: 100 %');
  });

  it('shows findings of files that stages share once', async () => {
    const assembly = await synthesized(['dev', 'ENFORCE'], ['test', 'ENFORCE']);
    const one = await app.run(['validate', '--app', assembly, '--gateway', 'dev/Underwriting/Gateway']);
    const both = await app.run(['validate', '--app', assembly]);
    expect(both.err).toBe(one.err);
    expect(both.out.split('\n')).toHaveLength(3);
  });

  it('decides in the mode of the gateway, unless told otherwise', async () => {
    const assembly = await synthesized(['dev', 'LOG_ONLY']);
    expect((await app.run(['authorize', '--app', assembly, ...RISK])).code).toBe(0);
    expect((await app.run(['authorize', '--app', assembly, ...RISK, '--mode', 'ENFORCE'])).code).toBe(2);
  });

  it('asks for the proof of the interceptor, which only `--intercepted` gives', async () => {
    const plain = await manifest('proven', 'ENFORCE');
    const name = RISK[RISK.indexOf('--tool') + 1] ?? '';
    const source = { kind: 'proof', secretVariable: 'SECRET', fingerprint: 'f' } as const;
    const proof = { name: PROOF_ARGUMENT, type: 'string', description: '', source, tools: [name] } as const;
    const targets = plain.targets.map((target) => ({
      ...target,
      tools: target.tools.map((tool) => ({ ...tool, inputSchema: withTrustedFields(tool.inputSchema, [proof]) })),
    }));
    const policies = [...plain.policies, ...trustedContextGuards([proof], 'proven')];
    app.write('proven/x.gateway.json', JSON.stringify({ ...plain, targets, policies }));
    const ask = async (...args: string[]) => {
      const sent = JSON.stringify({ id: 'a', [PROOF_ARGUMENT]: PROOF_PLACEHOLDER });
      const claims = JSON.stringify({ department: 'finance' });
      const { code, out } = await app.run([
        'authorize',
        ...['--app', 'proven', '--tool', name, '--claims', claims, '--input', sent, '--format', 'json'],
        ...args,
      ]);
      return [code, JSON.parse(out).determining];
    };
    expect(await ask()).toEqual([2, ['governed-gateway/requires-interceptor']]);
    expect(await ask('--intercepted')).toEqual([0, ['risk']]);
  });

  it('is compared with what was synthesized then, whatever the files say today', async () => {
    const risk = UNDERWRITING['policies/risk.cedar'];
    const base = await synthesized(['base', 'ENFORCE']);
    app.write('policies/risk.cedar', risk.replace('"finance"', '"legal"'));
    const next = await synthesized(['next', 'ENFORCE']);
    const diff = async (...args: string[]) => {
      const { code, out, err } = await app.run(['diff', '--app', next, ...args, '--format', 'json']);
      return { code, err, ...JSON.parse(out).gateways[0] };
    };
    const legal = { direction: 'gained', cause: { policy: 'risk' }, example: { claims: { department: 'legal' } } };
    expect(await diff('--base', base)).toMatchObject({
      code: 0,
      // That a base does not follow its files is what it is for, and no news.
      err: '',
      gateway: 'next/Underwriting/Gateway',
      changes: [legal, {}],
    });
    const targets = await readToolList('tools.json', UNDERWRITING['tools.json']);
    const tool = 'Underwriting___invoke_risk_model';
    const input = { ...NOTHING_READ, claims: { department: 'finance' } };
    const schema = schemaHash(generateSchema(targets).tools.get(tool)?.input ?? never());
    app.write('calls.jsonl', JSON.stringify(recordOf({ tool, input, schema })));
    const replayed = await app.run(['replay', '--app', next, '--base', base, '--file', 'calls.jsonl']);
    expect(replayed).toMatchObject({ code: 2, err: '', out: expect.stringContaining('1 otherwise') });
    // Another checkout of the app's directory says what its files say, and nothing about the rest.
    app.write('checkout/policies/risk.cedar', risk);
    const checkout = await diff('--base', 'checkout');
    expect(checkout.changes).toMatchObject([{ cause: { policy: 'create-below-5m', change: 'added' } }, legal, {}]);
    expect(checkout.notes).toEqual([expect.stringContaining('is read without a synth: 2 policies of files')]);
    app.write('policies/risk.cedar', risk);
  });

  it('takes the default assembly', async () => {
    app.write('cdk.out/x.gateway.json', JSON.stringify(await manifest('dev', 'ENFORCE')));
    expect((await app.run(['matrix'])).code).toBe(0);
  });

  it.each([
    ['several gateways where one is meant', [], 1, '`dev/Underwriting/Gateway`, `prod/Underwriting/Gateway`'],
    ['one by its construct path', ['--gateway', 'prod/Underwriting/Gateway'], 2, ''],
    ['the only one below a stack', ['--gateway', 'prod/Underwriting'], 2, ''],
    ['the only one below a stage', ['--gateway', 'prod'], 2, ''],
    [
      'the beginning of a path',
      ['--gateway', 'prod/Under'],
      1,
      '`dev/Underwriting/Gateway`, `prod/Underwriting/Gateway`',
    ],
    ['a gateway that is not there', ['--gateway', 'prd/Underwriting/Gateway'], 1, 'mean `prod/Underwriting/Gateway`?'],
    ['the name of a stack', ['--gateway', 'prod-Underwriting'], 1, 'did you mean `prod/Underwriting/Gateway`?'],
    ['the name of a gateway', ['--gateway', 'prod-underwriting'], 1, 'did you mean `prod/Underwriting/Gateway`?'],
  ])('with %s', async (_, args, code, text) => {
    const assembly = await synthesized(['dev', 'ENFORCE'], ['prod', 'ENFORCE']);
    const result = await app.run(['authorize', '--app', assembly, ...args, ...RISK]);
    expect(result.code).toBe(code);
    expect(result.err).toContain(text);
  });

  it('lets a test file name its gateway', async () => {
    const assembly = await synthesized(['dev', 'ENFORCE'], ['prod', 'ENFORCE']);
    app.write(
      'own/prod.test.yaml',
      `gateway: prod/Underwriting/Gateway\n${UNDERWRITING['policies/underwriting.test.yaml']}`,
    );
    app.write('lost/lost.test.yaml', `gateway: prod-Underwriting\n${UNDERWRITING['policies/underwriting.test.yaml']}`);
    app.write('any/any.test.yaml', UNDERWRITING['policies/underwriting.test.yaml']);
    expect((await app.run(['test', 'own', '--app', assembly])).out).toContain('own/prod.test.yaml: 7 of 7 passed');
    expect((await app.run(['test', 'lost', '--app', assembly])).err).toMatch(
      /MANIFEST_GATEWAY_UNKNOWN[\s\S]*did you mean `prod\/Underwriting\/Gateway`\?/,
    );
    expect((await app.run(['test', 'any', '--app', assembly])).err).toContain('MANIFEST_GATEWAY_AMBIGUOUS');
  });

  it.each([
    ['no JSON', '{', 'MANIFEST_INVALID'],
    ['no object', '[]', 'it is not an object'],
    ['another version', '{"manifestVersion": 99}', 'its version is not 1'],
    ['something missing', '{"manifestVersion": 1}', 'it has no `policies`'],
  ])('with a manifest that is %s', async (_, text, finding) => {
    app.write('broken/a.gateway.json', text);
    const { code, err } = await app.run(['validate', '--app', 'broken']);
    expect(code).toBe(3);
    expect(err).toContain(finding);
  });
});
