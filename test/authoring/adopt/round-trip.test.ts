import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { OAUTH_USER } from '../../../lib/contract/claims';
import { compareGateway } from '../../../lib/contract/drift/compare-gateway';
import { declaredGateway } from '../../../lib/contract/drift/declared-gateway';
import { type DeployedGateway, readDeployed } from '../../../lib/contract/drift/read-deployed';
import { textMember } from '../../../lib/contract/drift/text-member';
import type { JsonObject } from '../../../lib/contract/json';
import { controlPlane } from '../../../lib/deployed/aws-sender';
import { PolicySource, testPolicies } from '../../../lib/policy';
import { compareAccess } from '../../../lib/policy/proof/access-diff/access-diff';
import { PolicyLoading } from '../../../lib/policy/source/policy-loading';
import { CommandLine } from '../../cli/command-line';
import { specErrors } from '../../constructs/template-spec';
import { ProgramFolder } from '../../docs/program-folder';
import { CATALOG, ENGINE_ID, GATEWAY_ARN, GATEWAY_ID, HandMade, PETS, PROOF, STATEMENTS, WIKI } from './hand-made';
import { type Synthesized, synthesized } from './synthesized';

const DOCUMENTS = ['pets=pets.json', 'wiki=wiki.json', 'catalog=catalog.yaml'].flatMap((one) => ['--document', one]);
const PROGRAMS = ['lib/gateway-stack.ts', 'lib/deployed-stack.ts', 'bin/app.ts'];
const RULES: readonly string[] = ['Read_Claims', 'pay_below_500', 'Nobody_Deletes', 'trial'];

/** What is deployed with what is declared: kind, subject and member of each difference. */
type Differences = readonly (readonly [kind: string, subject: string, member: string | undefined])[];

describe('a gateway with a target of every kind, adopted', () => {
  const made = new HandMade();
  const cli = new CommandLine({
    'pets.json': JSON.stringify(PETS),
    'wiki.json': JSON.stringify(WIKI),
    'catalog.yaml': CATALOG,
  });
  const args = ['adopt', 'shop', '--gateway-id', GATEWAY_ARN, '--no-install', ...DOCUMENTS];
  let deployed: DeployedGateway;
  let governed: Synthesized;
  let imported: Synthesized;
  let printed: { code: number; out: string; err: string };
  let mapping: { readonly [logicalId: string]: { readonly GatewayIdentifier: string; readonly TargetId?: string } };

  beforeAll(async () => {
    await made.start();
    printed = await cli.run(args);
    const ids = { gatewayId: GATEWAY_ID, policyEngineId: ENGINE_ID, rateLimits: false };
    deployed = await readDeployed(await controlPlane(), ids);
    governed = await synthesized(join(cli.cwd, 'shop'), 'lib/gateway-stack.ts');
    imported = await synthesized(join(cli.cwd, 'shop'), 'lib/deployed-stack.ts');
    mapping = JSON.parse(cli.read('shop/import/resources.json')) as typeof mapping;
  });
  afterAll(async () => {
    await made.stop();
    cli.remove();
  });

  function differences({ template }: Synthesized): Differences {
    const logicalId = Object.keys(mapping).find((id) => mapping[id]?.TargetId === undefined) ?? '';
    const stackId = 'arn:aws:cloudformation:eu-west-1:111122223333:stack/Shop/1';
    const resources = { [logicalId]: GATEWAY_ID };
    const stack = { stackId, stackName: 'Shop', status: 'IMPORT_COMPLETE', resources, parameters: {}, outputs: {} };
    const declared = declaredGateway({ template, stack, logicalId, policyEngineId: ENGINE_ID, policies: [] });
    if (declared === undefined) throw new Error(`the template has no ${logicalId}`);
    const inside = Object.values(mapping).flatMap(({ TargetId }) => TargetId ?? []);
    const targets = deployed.targets.filter((target) => inside.includes(textMember(target, 'targetId')));
    const found = compareGateway(declared, { ...deployed, targets, policies: [] });
    return found.map(({ kind, name, member }) => [kind, name, member] as const);
  }

  it('is imported as it is deployed, but for what CloudFormation has no property for', () => {
    expect(differences(imported)).toEqual([['undeclared', 'shop', 'customTransformConfiguration']]);
    expect(Object.keys(mapping)).toHaveLength(8);
    expect(mapping).toMatchObject(
      Object.fromEntries(Object.keys(mapping).map((id) => [id, { GatewayIdentifier: GATEWAY_ID }])),
    );
    for (const id of Object.keys(mapping)) {
      // Covers gateway.import
      expect(imported.template.Resources[id]).toMatchObject({ DeletionPolicy: 'Retain' });
      expect(governed.template.Resources[id]?.Type).toBe(imported.template.Resources[id]?.Type);
    }
    const template = JSON.parse(cli.read('shop/import/template.json')) as JsonObject;
    const known = ['DisableMcpListToolsPagination', 'GrantType'];
    expect(specErrors(template).filter((error) => !known.some((name) => error.includes(name)))).toEqual([]);
  });

  it('is governed with the same properties, but for its role, and documents that the app uploads', () => {
    expect(differences(governed)).toEqual([
      ['incomparable', 'shop', 'roleArn'],
      ['undeclared', 'shop', 'customTransformConfiguration'],
      ['changed', 'catalog', 'targetConfiguration.mcp.openApiSchema.s3.uri'],
      ['missing', 'orders', 'targetConfiguration.mcp.openApiSchema.s3'],
      ['undeclared', 'orders', 'targetConfiguration.mcp.openApiSchema.inlinePayload'],
      ['missing', 'weather', 'targetConfiguration.mcp.smithyModel.s3'],
      ['undeclared', 'weather', 'targetConfiguration.mcp.smithyModel.inlinePayload'],
    ]);
    const tools = governed.manifest?.targets.map(({ name, tools: all }) => [name, all.map((tool) => tool.name)]);
    expect(Object.fromEntries(tools ?? [])).toEqual({
      claims: ['read', 'pay', 'drop'],
      catalog: ['listItems'],
      'docs-of-us': ['find'],
      orders: ['listOrders', 'deleteOrder'],
      pets: ['listPets', 'addPet'],
      weather: ['GetForecast'],
      wiki: ['search'],
    });
  });

  it('has policies that decide as those that are deployed', () => {
    const { policies = [], targets = [], gateway } = governed.manifest ?? {};
    const loading = new PolicyLoading('deployed');
    for (const name of RULES) {
      const enforcement = name === 'trial' ? '@enforcement("LOG_ONLY")\n' : '';
      loading.add({ file: name, text: `${enforcement}${STATEMENTS[name]}`, defaultId: name, kind: 'policies' });
    }
    expect(loading.diagnostics).toEqual([]);
    const common = {
      targets,
      mode: gateway?.mode ?? 'LOG_ONLY',
      gatewayArn: GATEWAY_ARN,
      trusted: [],
      principalType: OAUTH_USER as typeof OAUTH_USER,
    };
    const sides = { before: { ...common, policies: loading.policies }, after: { ...common, policies } };
    const diff = compareAccess({ ...sides, allowances: [], attack: true });
    expect([diff.changes, diff.undecided]).toEqual([[], []]);
    // The comparison is no idle one: without a policy there is a difference.
    const fewer = { ...common, policies: policies.filter(({ id }) => id !== 'pay-below-500') };
    expect(compareAccess({ ...sides, after: fewer, allowances: [], attack: true }).changes).toHaveLength(1);
    expect(policies.map(({ id, enforcementMode }) => `${id} ${enforcementMode}`)).toEqual([
      'nobody-deletes ACTIVE',
      'pay-below-500 ACTIVE',
      'read-claims ACTIVE',
      'trial LOG_ONLY',
    ]);
    expect(cli.read('shop/policies/pay-below-500.cedar')).toContain('// who pays');
    expect(cli.read('shop/policies/read-claims.cedar')).toMatch(/^@description\("Finance \\"reads\\"\."\)\n/);
  });

  it('has a test for each policy that decides, which passes', async () => {
    const folder = join(cli.cwd, 'shop/policies');
    const files = readdirSync(folder).filter((name) => name.endsWith('.test.yaml'));
    // Nothing permits what `nobody-deletes` forbids, and `trial` decides nothing: no call can tell.
    expect(files).toEqual(['pay-below-500.test.yaml', 'read-claims.test.yaml']);
    const listed = (governed.manifest?.targets ?? []).flatMap(({ name, tools }) =>
      tools.map((tool) => ({ ...tool, name: `${name}___${tool.name}` })),
    );
    const sources = [PolicySource.fromDirectory(folder)];
    const { report, coverage } = await testPolicies(sources, listed, {
      files: files.map((name) => join(folder, name)),
      coverage: true,
    });
    expect([report.passed, report.failed]).toEqual([4, 0]);
    expect(coverage?.percent).toBeGreaterThan(60);
    expect(cli.read('shop/package.json')).toContain('--coverage --threshold 0"');
  });

  it('comes with a list of everything that the stack does not say, and no secret is written', () => {
    expect(printed.code).toBe(0);
    const list = cli.read('shop/ADOPTED.md');
    for (const said of [
      'in the place of `arn:aws:iam::111122223333:role/by-hand`',
      '`customTransformConfiguration`, so that the first deployment takes it away',
      'the gateway keeps its interceptor',
      'the gateway keeps its 1 rate limits',
      'its web ACL arn:aws:wafv2:eu-west-1:111122223333:regional/webacl/acl/0a1b',
      'belongs to stack `Old`',
      '`leaky` is left out of the stack: `targetConfiguration.mcp.mcpServer.endpoint` looks like a secret',
      '`legacy` is left out of the stack: its list of tools lies in `s3://tools/legacy.json`',
      '`runtime` is left out of the stack: the construct has no kind of target for `http`',
      '`silent` is left out of the stack: its server does not say its tools',
      'no word for `TargetConfiguration.Mcp.McpServer.McpToolSchema.InlinePayload`, `TargetConfiguration.Mcp.McpServer.ListingMode`, `CredentialProviderConfigurations` of target `docs-of-us`',
      'changes target `pets`: its filters name each method',
      '`broken` was not written: it is CREATE_FAILED',
      '`elsewhere` was not written: it is about another gateway',
      '`guard` was not written: it holds a secret',
      `delete-policy\` for \`Nobody_Deletes`,
      '`policies/nobody-deletes.cedar`, `policies/trial.cedar` would be refused',
    ]) {
      expect(list).toContain(said);
      expect(printed.err).toContain(said);
    }
    const files = readdirSync(join(cli.cwd, 'shop'), { recursive: true, withFileTypes: true }).filter((one) =>
      one.isFile(),
    );
    const texts = files.map(({ parentPath, name }) => readFileSync(join(parentPath, name), 'utf8'));
    expect(texts.filter((text) => text.includes(PROOF) || text.includes('hunter2'))).toEqual([]);
  });

  it('is a program that compiles', () => {
    const folder = new ProgramFolder(PROGRAMS.map((path) => [path, cli.read(`shop/${path}`)]));
    expect(folder.compilerOutput()).toBe('');
    folder.remove();
  });

  it('overwrites nothing', async () => {
    cli.write('shop/policies/trial.cedar', '// mine');
    const again = await cli.run(args);
    expect(again.code).toBe(1);
    expect(again.err).toContain('PROJECT_FILES_IN_THE_WAY');
    expect(cli.read('shop/policies/trial.cedar')).toBe('// mine');
  });
});
