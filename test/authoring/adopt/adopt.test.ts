import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { runInThisContext } from 'node:vm';
import { loadAwsServiceSpecSync } from '@aws-cdk/aws-service-spec';
import { App, type CfnElement, Stack } from 'aws-cdk-lib';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { adoptedProject } from '../../../lib/authoring/adopt/adopted-project';
import { expressGateway } from '../../../lib/authoring/adopt/express-gateway';
import { importFiles } from '../../../lib/authoring/adopt/import-files';
import { PROPERTIES } from '../../../lib/authoring/adopt/overrides';
import type { AdoptableGateway } from '../../../lib/authoring/adopt/read-adoptable';
import { secretIn } from '../../../lib/authoring/adopt/secrets';
import { literal, print } from '../../../lib/authoring/project/code';
import { textMember } from '../../../lib/contract/drift/text-member';
import type { JsonObject, JsonValue } from '../../../lib/contract/json';
import { EnforcementMode, GovernedGateway, Identity, ToolList, Tools } from '../../../lib/index';
import { CommandLine } from '../../cli/command-line';
import type { Fault } from '../../doubles/control-plane/options';
import { GATEWAY, GATEWAY_ARN, GATEWAY_ID, HandMade, TARGETS, WIKI } from './hand-made';

let made: HandMade;
let cli: CommandLine;
beforeEach(() => {
  made = new HandMade();
  cli = new CommandLine({ 'wiki.json': JSON.stringify(WIKI) });
});
afterEach(async () => {
  await made.stop();
  cli.remove();
});

const adopt = (...args: string[]) => cli.run(['adopt', 'shop', '--gateway-id', GATEWAY_ID, '--no-install', ...args]);
const targets = (...names: string[]) => TARGETS.filter((target) => names.includes(textMember(target, 'name')));
const IAM = { authorizerType: 'AWS_IAM', authorizerConfiguration: null, policyEngineConfiguration: null };

const adoptable = (gateway: JsonObject): AdoptableGateway => ({
  id: GATEWAY_ID,
  arn: GATEWAY_ARN,
  name: 'shop',
  region: 'eu-west-1',
  account: '111122223333',
  gateway,
  targets: [],
  policies: [],
  rateLimits: [],
  tags: {},
});

describe('governed-gateway adopt', () => {
  it('writes what differs for callers with AWS credentials, without search and without an engine, and tells a program', async () => {
    const protocolConfiguration = { mcp: { supportedVersions: ['2025-06-18'] } };
    await made.start({ ...IAM, protocolConfiguration, interceptorConfigurations: null, tags: null }, targets('claims'));
    const { code, out } = await adopt('--format', 'json');
    expect(code).toBe(0);
    const { diagnostics, ...answer } = JSON.parse(out) as { diagnostics: { code: string }[]; gateway: object };
    expect(answer).toMatchObject({ gateway: { id: GATEWAY_ID, arn: GATEWAY_ARN, name: 'shop' }, kept: [] });
    expect(answer).toMatchObject({
      written: expect.arrayContaining(['bin/app.ts', 'lib/gateway-stack.ts', 'ADOPTED.md']),
    });
    expect(diagnostics.map((one) => one.code)).toContain('ADOPT_WITHOUT_ENGINE');
    const source = cli.read('shop/lib/gateway-stack.ts');
    for (const said of ['EnforcementMode.LOG_ONLY', 'Identity.iam()', 'semanticSearch: false'])
      expect(source).toContain(said);
    expect(source).not.toMatch(/policies:|policyEngine:|keep\(/);
  });

  it('writes a policy that does not validate, says so, and ends with 3', async () => {
    await made.start({}, targets('wiki'));
    const { code, err } = await adopt('--document', 'wiki=wiki.json');
    expect(code).toBe(3);
    expect(err).toContain('claims___read');
    expect(existsSync(join(cli.cwd, 'shop/policies/read-claims.cedar'))).toBe(true);
  });

  it('writes the stack alone into an app that exists', async () => {
    cli.write('shop/cdk.json', '{}');
    await made.start({}, targets('claims'));
    const { out } = await adopt();
    expect(out).toContain('written  lib/deployed-stack.ts');
    expect(existsSync(join(cli.cwd, 'shop/bin/app.ts'))).toBe(false);
    expect(existsSync(join(cli.cwd, 'shop/package.json'))).toBe(false);
  });

  it.each<[string, JsonObject, string[], string]>([
    ['a gateway that is not there', {}, ['--gateway-id', 'gone-abcdefghij'], 'ADOPT_GATEWAY_MISSING'],
    [
      'an authorizer that the construct does not make',
      { authorizerType: 'AUTHENTICATE_ONLY' },
      [],
      'ADOPT_UNSUPPORTED',
    ],
    ['another protocol', { protocolType: 'A2A' }, [], 'ADOPT_UNSUPPORTED'],
    ['a document of no target', {}, ['--document', 'wiki=wiki.json'], 'ADOPT_TARGET'],
    ['a token for no target', {}, ['--token', 'claim=wiki.json'], 'did you mean `claims`?'],
    ['a document without a target', {}, ['--document', 'wiki.json'], 'COMMAND_OPTION_INVALID'],
  ])('writes nothing for %s', async (_, members, args, code) => {
    await made.start(members, targets('claims'));
    const { code: ended, err } = await adopt(...args);
    expect(ended).toBe(code === 'COMMAND_OPTION_INVALID' ? 3 : 1);
    expect(err).toContain(code);
    expect(existsSync(join(cli.cwd, 'shop'))).toBe(false);
  });

  it.each<[Fault, string]>([
    ['throttle', 'GetGateway'],
    ['reset', 'ListGatewayTargets'],
    ['unavailable', 'GetGatewayTarget'],
    ['lost-answer', 'ListPolicies'],
  ])('survives %s of %s', async (fault, failing) => {
    await made.start({}, targets('claims'));
    let left = 2;
    made.controlPlane.faultOf = (_index, operation) => (operation === failing && left-- > 0 ? fault : undefined);
    expect((await adopt()).out).toContain('written  ADOPTED.md');
    expect(left).toBeLessThan(0);
  });

  it('writes nothing of what it may only read in part', async () => {
    await made.start({}, targets('claims'));
    made.controlPlane.faultOf = (_index, operation) => (operation === 'ListPolicies' ? 'denied' : undefined);
    const { code, err } = await adopt();
    expect(code).toBe(1);
    expect(err).toContain('AccessDeniedException');
    expect(existsSync(join(cli.cwd, 'shop'))).toBe(false);
  });
});

it('the MCP server of a target is asked under the name of the target, so that no other gets its token', async () => {
  const asked: [string, string][] = [];
  await adoptedProject(
    { ...adoptable(GATEWAY), targets: targets('wiki', 'silent') },
    {
      documents: new Map(),
      ask: (target, url) => {
        asked.push([target, url]);
        return Promise.resolve([{ name: 'search', inputSchema: { type: 'object' } }]);
      },
    },
  );
  expect(asked).toEqual(
    [
      ['silent', 'https://silent.invalid/mcp'],
      ['wiki', 'https://wiki.example.com/mcp'],
    ].toReversed(),
  );
});

describe('what is written', () => {
  it('drops no member of a gateway, wherever a new one appears', () => {
    const places = [
      ['protocolConfiguration', 'mcp'],
      ['authorizerConfiguration', 'customJWTAuthorizer'],
      ['wafConfiguration'],
      ['customTransformConfiguration'],
      ['policyEngineConfiguration'],
    ];
    const value = fc.oneof(
      fc.string({ minLength: 1 }),
      fc.integer(),
      fc.constant(true),
      fc.array(fc.string(), { minLength: 1 }),
    );
    fc.assert(
      fc.property(fc.constantFrom(...places), fc.stringMatching(/^new[A-Za-z]{1,9}$/), value, (place, name, added) => {
        fc.pre(added !== 'DEFAULT');
        const gateway = structuredClone(GATEWAY) as { [member: string]: JsonValue };
        let parent = gateway;
        for (const part of place) {
          parent[part] ??= {};
          parent = parent[part] as typeof parent;
        }
        parent[name] = added;
        const { overrides, notes } = expressGateway(adoptable(gateway));
        const path = [...place, name].map((part) => `${part.charAt(0).toUpperCase()}${part.slice(1)}`).join('.');
        const isLost = place[0] === 'customTransformConfiguration';
        if (isLost) expect(notes.map(({ code }) => code)).toContain('ADOPT_LOST');
        else expect(overrides[path]).toEqual(added);
      }),
      { numRuns: 60 },
    );
  });

  it('is TypeScript that means the value, in lines of any length', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 4 }), fc.nat(100), (json, taken) => {
        // As an answer carries it: JSON text has a negative zero, which means nothing.
        const value = JSON.parse(json.replace(/-0(?![.\d])/g, '0')) as JsonValue;
        const text = print(literal(value), 4, taken);
        expect(runInThisContext(`(${text})`)).toEqual(value);
      }),
      { numRuns: 200 },
    );
  });

  it.each<[string, JsonValue, string | undefined]>([
    ['a key of AWS', { a: [{ text: 'x AKIAABCDEFGHIJKLMNOP' }] }, 'a.0.text'],
    ['a user in a URL', { url: 'https://me:pass@example.com/mcp' }, 'url'],
    ['a member of that name', { clientSecret: 'hunter2' }, 'clientSecret'],
    ['the ARN of a secret', { secretArn: 'arn:aws:secretsmanager:eu-west-1:1:secret:a' }, undefined],
    ['an argument of that name', { properties: { password: { type: 'string' } } }, undefined],
  ])('knows %s', (_, value, path) => {
    expect(secretIn(value)).toBe(path);
  });

  it.each([
    [Identity.iam(), 'iam', true],
    [Identity.iam(), 'iam', false],
    [Identity.cognito(), 'jwt', false],
  ] as const)('has the logical ids of the construct', (identity, authorization, semanticSearch) => {
    const stack = new Stack(new App(), 'Shop');
    const tools = Tools.fromMcpServer('https://a.example/mcp', {
      tools: ToolList.fromInline({ name: 'b', description: 'b', inputSchema: { type: 'object' } }),
    });
    const gateway = new GovernedGateway(stack, 'Gateway', {
      mode: EnforcementMode.LOG_ONLY,
      identity,
      semanticSearch,
      targets: { a: tools },
    });
    const ids = [gateway.gateway, gateway.target('a').gatewayTarget].map(({ node }) =>
      stack.getLogicalId(node.defaultChild as CfnElement),
    );
    const { mapping } = importFiles(adoptable(GATEWAY), { authorization, semanticSearch }, [
      { name: 'a', targetId: 'T' },
    ]);
    expect(Object.keys(mapping)).toEqual(ids);
  });

  // Covers gateway.properties
  it('knows the properties that CloudFormation has', () => {
    const spec = loadAwsServiceSpecSync();
    const of = (type: string): string[] => {
      const [resource] = spec.lookup('resource', 'cloudFormationType', 'equals', type);
      return Object.keys(resource?.properties ?? {}).sort();
    };
    expect(of('AWS::BedrockAgentCore::Gateway')).toEqual([...PROPERTIES.gateway]);
    expect(of('AWS::BedrockAgentCore::GatewayTarget')).toEqual([...PROPERTIES.target]);
  });
});
