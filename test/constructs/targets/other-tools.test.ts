import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as agentcore from 'aws-cdk-lib/aws-bedrockagentcore';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { describe, expect, it } from 'vitest';
import { bundleTypeScript } from '../../../lib/constructs/functions/bundle-typescript';
import { ToolList } from '../../../lib/constructs/targets/source/tool-list';
import { Tools } from '../../../lib/constructs/targets/tools';
import { diagnosticsOf } from './diagnostics-of';
import { CLAIM_TOOLS, Fixture, toolModule } from './fixture-app';

const TOOLS = [
  { name: 'search', description: 'Searches', inputSchema: { type: 'object', properties: { q: { type: 'string' } } } },
];

const FUNCTION_ARN = 'arn:aws:lambda:eu-west-1:111122223333:function:own';

function ownFunction(fixture: Fixture): lambda.IFunction {
  const attributes = { functionArn: FUNCTION_ARN, sameEnvironment: true };
  return lambda.Function.fromFunctionAttributes(fixture.stack, 'Own', attributes);
}

function file(name: string, text: string): string {
  const path = join(mkdtempSync(join(tmpdir(), 'list-test-')), name);
  writeFileSync(path, text);
  return path;
}

describe('a list of tools', () => {
  const read = (name: string, text: string) => ToolList.fromFile(file(name, text))._read();

  it.each([
    ['an answer to tools/list', JSON.stringify({ jsonrpc: '2.0', id: 1, result: { tools: TOOLS } })],
    ['its result', JSON.stringify({ tools: TOOLS })],
    ['the array', JSON.stringify(TOOLS)],
  ])('may be %s', (_name, text) => {
    expect(read('tools.json', text)).toEqual(TOOLS);
  });

  it('may be YAML, and leave descriptions out', () => {
    expect(read('tools.yaml', 'tools:\n  - name: a\n    inputSchema: { type: object }\n')).toEqual([
      { name: 'a', description: '', inputSchema: { type: 'object' } },
    ]);
  });

  it('is named as the user wrote it when it is missing', () => {
    const [finding] = diagnosticsOf(() => ToolList.fromFile('lists/none.json')._read());
    expect(finding).toMatchObject({ code: 'TARGET_FILE_NOT_FOUND', message: 'file `lists/none.json` does not exist' });
  });

  it('shows where its syntax is wrong', () => {
    const [finding] = diagnosticsOf(() => read('tools.json', '{\n  "tools": [\n    { "name": }\n  }\n'));
    expect(finding).toMatchObject({ code: 'TARGET_FILE_UNREADABLE', location: { line: expect.any(Number) } });
  });

  it.each([
    ['{"items":[]}', 'no list of tools'],
    ['[{"name":"a"}]', 'entry 1 is no tool'],
    ['[5]', 'entry 1'],
    ['"x"', 'no list'],
  ])('says what is wrong with %s', (text, problem) => {
    const [finding] = diagnosticsOf(() => read('tools.json', text));
    expect(finding?.message).toContain(problem);
  });
});

describe('a list of tools for a model API', () => {
  it.each([
    ['toolSpec', '{"toolConfig":{"tools":[{"toolSpec":{"name":"pay","inputSchema":{"json":{"type":"object"}}}}]}}'],
    ['input_schema', '[{"name":"pay","input_schema":{"type":"object"}}]'],
    ['function', '[{"type":"function","function":{"name":"pay","parameters":{}}}]'],
    ['parameters', '[{"type":"function","name":"pay","parameters":{}}]'],
  ])('is called that, by its member %s', (member, text) => {
    const [finding] = diagnosticsOf(() => ToolList.fromFile(file('foreign.json', text))._read());
    expect(finding).toMatchObject({
      code: 'TARGET_TOOLS_FOREIGN',
      message: expect.stringContaining(`has \`${member}\`, which is the form of`),
      help: expect.stringContaining('under `inputSchema`'),
    });
  });
});

describe('tools of a function of the user', () => {
  it('publish the list and may be invoked by the gateway', () => {
    const fixture = new Fixture();
    const { directory, handler } = bundleTypeScript(toolModule(CLAIM_TOOLS));
    const fn = new lambda.Function(fixture.stack, 'Own', {
      code: lambda.Code.fromAsset(directory),
      handler,
      runtime: lambda.Runtime.NODEJS_24_X,
      environment: { TABLE: 'claims' },
    });
    const target = fixture.add(Tools.fromFunction(fn, ToolList.fromInline(...TOOLS)));
    expect(target.function).toBe(fn);
    expect(fixture.targetProperties()).toMatchObject({
      CredentialProviderConfigurations: [{ CredentialProviderType: 'GATEWAY_IAM_ROLE' }],
      TargetConfiguration: { Mcp: { Lambda: { ToolSchema: { InlinePayload: [{ Name: 'search' }] } } } },
    });
    expect(JSON.stringify(fixture.template().findResources('AWS::IAM::Policy'))).toContain('lambda:InvokeFunction');
    expect(target._manifest()).toMatchObject({
      kind: 'lambda',
      tools: [{ name: 'search' }],
      function: { handler: 'index.handler', environment: { TABLE: 'claims' }, timeoutSeconds: 3, memoryMb: 128 },
    });
  });

  it('of another stack or account have no code for the emulator', () => {
    const fixture = new Fixture();
    const fn = ownFunction(fixture);
    const options = { description: 'Search', allowedRequestHeaders: ['X-Tenant'], allowedResponseHeaders: ['X-Cost'] };
    const target = fixture.add(Tools.fromFunction(fn, ToolList.fromInline(...TOOLS), options));
    expect(target._manifest().function).toBeUndefined();
    expect(fixture.targetProperties()).toMatchObject({
      Description: 'Search',
      MetadataConfiguration: { AllowedRequestHeaders: ['X-Tenant'], AllowedResponseHeaders: ['X-Cost'] },
      TargetConfiguration: { Mcp: { Lambda: { LambdaArn: FUNCTION_ARN } } },
    });
  });
});

describe('tools of an MCP server', () => {
  const endpoint = 'https://mcp.example.com/mcp';

  it('come from the pinned list; schemas are kept as they are', () => {
    const fixture = new Fixture();
    const inputSchema = { type: 'object', properties: { kind: { type: 'string', enum: ['a'] }, any: {} } };
    const tools = ToolList.fromInline({ name: 'search', description: '', inputSchema });
    const target = fixture.add(Tools.fromMcpServer(endpoint, { tools }));
    expect(fixture.targetProperties()).toEqual({
      GatewayIdentifier: expect.anything(),
      Name: 'Claims',
      TargetConfiguration: { Mcp: { McpServer: { Endpoint: endpoint } } },
    });
    expect(target._manifest()).toEqual({
      name: 'Claims',
      kind: 'mcp-server',
      endpoint,
      tools: [{ name: 'search', description: '', inputSchema, classes: ['write', 'destructive', 'open-world'] }],
    });
    expect(target._diagnostics()).toEqual([]);
    expect(target.function).toBeUndefined();
  });

  it('may need credentials and headers', () => {
    const fixture = new Fixture();
    const credentials = agentcore.GatewayCredentialProvider.fromOauthIdentityArn({
      providerArn: 'arn:aws:bedrock-agentcore:eu-west-1:111122223333:token-vault/default/oauth2credentialprovider/p',
      secretArn: 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:s',
      scopes: ['read'],
    });
    const tools = ToolList.fromInline(...TOOLS);
    const options = { tools, credentials, description: 'Search', allowedRequestHeaders: ['X-Tenant'] };
    fixture.add(Tools.fromMcpServer(endpoint, options));
    expect(fixture.targetProperties()).toMatchObject({
      Description: 'Search',
      CredentialProviderConfigurations: [{ CredentialProviderType: 'OAUTH' }],
      MetadataConfiguration: { AllowedRequestHeaders: ['X-Tenant'] },
    });
  });

  it.each(['http://mcp.example.com', 'mcp.example.com', 'https://mcp.example.com/a b'])(
    'need an HTTPS URL, not %j',
    (url) => {
      const tools = ToolList.fromInline(...TOOLS);
      const [finding] = diagnosticsOf(() => new Fixture().add(Tools.fromMcpServer(url, { tools })));
      expect(finding?.code).toBe('TARGET_ENDPOINT_INVALID');
    },
  );
});

describe('tools of a configuration of aws-cdk-lib', () => {
  it('are taken as they are', () => {
    const fixture = new Fixture();
    const configuration = agentcore.McpServerTargetConfiguration.create('https://mcp.example.com/mcp');
    const options = {
      credentials: agentcore.GatewayCredentialProvider.fromIamRole({ service: 'execute-api' }),
      description: 'Any',
    };
    const target = fixture.add(Tools.fromConfiguration(configuration, ToolList.fromInline(...TOOLS), options));
    expect(target._manifest().kind).toBe('custom');
    expect(target.tool('search').name).toBe('Claims___search');
    expect(fixture.targetProperties()).toMatchObject({
      Description: 'Any',
      CredentialProviderConfigurations: [{ CredentialProviderType: 'GATEWAY_IAM_ROLE' }],
    });
  });

  it('know the function of a Lambda configuration', () => {
    const fixture = new Fixture();
    const fn = ownFunction(fixture);
    const schema = agentcore.ToolSchema.fromLocalAsset(file('tools.json', JSON.stringify(TOOLS)));
    const configuration = agentcore.LambdaTargetConfiguration.create(fn, schema);
    expect(fixture.add(Tools.fromConfiguration(configuration, ToolList.fromInline(...TOOLS))).function).toBe(fn);
  });
});
