import { Lazy } from 'aws-cdk-lib';
import * as agentcore from 'aws-cdk-lib/aws-bedrockagentcore';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { describe, expect, it } from 'vitest';
import { GovernedTargets } from '../../../lib/constructs/targets/governed-targets';
import { checkModelNames } from '../../../lib/constructs/targets/publish/check-model-names';
import { checkCredentials, checkPassThrough } from '../../../lib/constructs/targets/publish/check-outbound';
import {
  KIND_OF_TYPE,
  type OutboundCredential,
  type ServiceKind,
  TARGET_LIMITS,
} from '../../../lib/constructs/targets/source/target-limits';
import { ToolList } from '../../../lib/constructs/targets/source/tool-list';
import { Tools } from '../../../lib/constructs/targets/tools';
import { diagnosticsOf } from './diagnostics-of';
import { Fixture } from './fixture-app';

const { GatewayCredentialProvider } = agentcore;
const ARN = 'arn:aws:bedrock-agentcore:eu-west-1:111122223333:token-vault/default';
const secretArn = 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:s';

const GIVEN: { readonly [kind in Exclude<OutboundCredential, 'none'>]: agentcore.ICredentialProviderConfig } = {
  role: GatewayCredentialProvider.fromIamRole(),
  'api-key': GatewayCredentialProvider.fromApiKeyIdentityArn({
    providerArn: `${ARN}/apikeycredentialprovider/p`,
    secretArn,
  }),
  oauth: GatewayCredentialProvider.fromOauthIdentityArn({
    providerArn: `${ARN}/oauth2credentialprovider/p`,
    secretArn,
    scopes: [],
  }),
};
const SIGNING = GatewayCredentialProvider.fromIamRole({ service: 'execute-api' });

const codes = (kind: ServiceKind, given?: agentcore.ICredentialProviderConfig) =>
  checkCredentials('T', kind, given).map(({ code }) => code);

const list = ToolList.fromInline({ name: 'a', description: 'A', inputSchema: { type: 'object' } });

describe('credentials of a target', () => {
  // Rows of the table on the developer guide's page gateway-outbound-auth.
  it.each<[ServiceKind, string]>([
    ['lambda', 'role'],
    ['api-gateway', 'role api-key'],
    ['mcp-server', 'service oauth api-key'],
    ['openapi', 'service oauth api-key'],
    ['smithy', 'role oauth'],
  ])('are what the service takes for %s: %s', (kind, taken) => {
    const all = { ...GIVEN, service: SIGNING };
    const accepted = Object.entries(all).filter(([, given]) => codes(kind, given).length === 0);
    expect(accepted.map(([name]) => name).sort()).toEqual(taken.split(' ').sort());
    expect(codes(kind)).toEqual([]);
    expect(TARGET_LIMITS[kind].credentials).toContain(TARGET_LIMITS[kind].byDefault);
  });

  it('say which service the role signs for, or that it signs for none', () => {
    expect([codes('openapi', GIVEN.role), codes('mcp-server', GIVEN.role)]).toEqual([
      ['TARGET_ROLE_SERVICE'],
      ['TARGET_ROLE_SERVICE'],
    ]);
    expect([codes('lambda', SIGNING), codes('smithy', SIGNING)]).toEqual([
      ['TARGET_ROLE_SERVICE'],
      ['TARGET_ROLE_SERVICE'],
    ]);
  });

  it('are checked for every kind of configuration of aws-cdk-lib', () => {
    expect(Object.keys(KIND_OF_TYPE).sort()).toEqual(Object.values(agentcore.McpTargetType).sort());
    const fixture = new Fixture();
    const fn = lambda.Function.fromFunctionArn(fixture.stack, 'Fn', 'arn:aws:lambda:eu-west-1:111122223333:function:f');
    const configuration = agentcore.LambdaTargetConfiguration.create(fn, agentcore.ToolSchema.fromInline([]));
    const tools = Tools.fromConfiguration(configuration, list, { credentials: GIVEN.oauth });
    expect(diagnosticsOf(() => fixture.add(tools))).toMatchObject([
      {
        code: 'TARGET_CREDENTIALS',
        message: 'target `Claims` of kind lambda has credentials of kind oauth, which the service does not take for it',
        help: 'use one of role',
      },
    ]);
  });
});

describe('what passes between client and target', () => {
  it.each([
    'Authorization',
    'cookie',
    'X-Forwarded-For',
    'Mcp-Session-Id',
    'X-Amzn-Trace-Id',
    'X Y',
    'x:y',
    '',
    'h'.repeat(101),
  ])('is no header `%s`', (name) => {
    for (const list of ['allowedRequestHeaders', 'allowedResponseHeaders']) {
      expect(checkPassThrough('T', { [list]: [name] }).map(({ code }) => code)).toEqual(['TARGET_PASS_THROUGH_NAME']);
    }
  });

  // Covers target.limits
  it('is up to ten of each', () => {
    const names = Array.from({ length: 10 }, (_, index) => `X-Amzn-Bedrock-AgentCore-Runtime-Custom-${index}`);
    const query = ['q', 'q'.repeat(40), 'a[b]'];
    expect(checkPassThrough('T', { allowedRequestHeaders: names, allowedQueryParameters: query })).toEqual([]);
    const found = checkPassThrough('T', {
      allowedRequestHeaders: [...names, 'X'],
      allowedQueryParameters: ['q'.repeat(41)],
    });
    expect(found.map(({ code }) => code)).toEqual(['TARGET_PASS_THROUGH_COUNT', 'TARGET_PASS_THROUGH_NAME']);
    const later = Lazy.list({ produce: () => ['X'] });
    expect(checkPassThrough('T', { allowedRequestHeaders: later })).toEqual([]);
  });
});

describe('names that models do not take', () => {
  it.each<[string, string, string[]]>([
    ['issues/create', 'title', ['TARGET_TOOL_NAMES_FOR_MODELS']],
    ['a.b', 'a', ['TARGET_TOOL_NAMES_FOR_MODELS']],
    ['a'.repeat(60), 'a', []],
    ['a'.repeat(61), 'a', ['TARGET_TOOL_NAMES_FOR_MODELS']],
    ['create', 'user.name', ['TARGET_ARGUMENT_NAMES_FOR_MODELS']],
    ['create', 'größe', ['TARGET_ARGUMENT_NAMES_FOR_MODELS']],
    ['create-it_2', 'user-name', []],
  ])('are one warning each: tool %s, argument %s', (name, argument, expected) => {
    const inputSchema = { type: 'object', properties: { [argument]: { type: 'string' } } };
    const found = checkModelNames('T', [{ name, description: 'A', inputSchema }]);
    expect(found.map(({ code, severity }) => [code, severity])).toEqual(expected.map((code) => [code, 'warning']));
  });

  it('are listed up to the third', () => {
    const tools = ['/1', '/2', '/3', '/4'].map((name) => ({ name, description: 'A', inputSchema: { type: 'object' } }));
    expect(checkModelNames('T', tools)[0]?.message).toMatch(/: `T___\/1`, `T___\/2`, `T___\/3` and 1 more$/);
  });
});

describe('a target that fails', () => {
  it('leaves nothing behind, and a name that is a token is a finding', () => {
    const { stack, gateway } = new Fixture();
    const targets = new GovernedTargets(stack, { gateway, trustedFields: () => [], logs: {} as never });
    const good = Tools.fromMcpServer('https://mcp.example.com', { tools: list });
    const bad = Tools.fromMcpServer('http://mcp.example.com', { tools: list });
    expect(diagnosticsOf(() => targets.add('T', bad)).map(({ code }) => code)).toEqual(['TARGET_ENDPOINT_INVALID']);
    expect(targets.add('T', good).tools).toEqual(['a']);
    expect(diagnosticsOf(() => targets.add('T', good)).map(({ code }) => code)).toEqual(['GATEWAY_DUPLICATE_TARGET']);
    const token = Lazy.string({ produce: () => 'U' });
    expect(diagnosticsOf(() => targets.add(token, good)).map(({ code }) => code)).toEqual(['TARGET_NAME_TOKEN']);
  });
});

describe('excluded tools', () => {
  const tools = ToolList.fromInline(
    { name: 'read', description: 'A', inputSchema: { type: 'object' } },
    { name: 'tree', description: 'B', inputSchema: { type: 'object', properties: { child: { $ref: '#' } } } },
  );

  it('of a server stay in the catalog, to be denied', () => {
    const endpoint = 'https://mcp.example.com/mcp';
    const target = new Fixture().add(Tools.fromMcpServer(endpoint, { tools, excludedTools: ['tree'] }));
    expect(target.tools).toEqual(['read']);
    expect(target._catalogTarget()).toMatchObject({
      excludedTools: ['tree'],
      tools: [{ name: 'read' }, { name: 'tree', inputSchema: { type: 'object' } }],
    });
    expect(target._manifest().excludedTools).toEqual(['tree']);
    expect(diagnosticsOf(() => target.tool('tree')).map(({ code }) => code)).toEqual(['TARGET_UNKNOWN_TOOL']);
  });

  it('of a function are not published', () => {
    const fixture = new Fixture();
    const functionArn = 'arn:aws:lambda:eu-west-1:111122223333:function:f';
    const fn = lambda.Function.fromFunctionAttributes(fixture.stack, 'Fn', { functionArn, sameEnvironment: true });
    expect(diagnosticsOf(() => new Fixture().add(Tools.fromFunction(fn, tools))).map(({ code }) => code)).toEqual([
      'TARGET_SCHEMA_INEXPRESSIBLE',
    ]);
    const target = fixture.add(Tools.fromFunction(fn, tools, { excludedTools: ['tree'] }));
    expect([target.tools, target._catalogTarget().excludedTools]).toEqual([['read'], undefined]);
    expect(JSON.stringify(fixture.targetProperties())).not.toContain('tree');
  });

  it('are ones that there are', () => {
    const found = diagnosticsOf(() =>
      new Fixture().add(Tools.fromMcpServer('https://a.example.com', { tools, excludedTools: ['tre'] })),
    );
    expect(found).toMatchObject([{ code: 'TARGET_UNKNOWN_TOOL', help: 'did you mean `tree`?' }]);
  });
});
