import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Stack } from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as agentcore from 'aws-cdk-lib/aws-bedrockagentcore';
import * as cognito from 'aws-cdk-lib/aws-cognito';
import * as iam from 'aws-cdk-lib/aws-iam';
import { describe, expect, it } from 'vitest';
import type { ApiGatewayToolsOptions } from '../../../lib/constructs/targets/api-gateway/api-gateway-options';
import type { GovernedTarget } from '../../../lib/constructs/targets/governed-target';
import { ToolList } from '../../../lib/constructs/targets/source/tool-list';
import { Tools } from '../../../lib/constructs/targets/tools';
import { diagnosticsOf } from './diagnostics-of';
import { Fixture } from './fixture-app';

const { GET, POST, DELETE } = agentcore.ApiGatewayHttpMethod;
const { AuthorizationType, JsonSchemaType } = apigateway;

interface Configured {
  readonly Stage: unknown;
  readonly ApiGatewayToolConfiguration: {
    readonly ToolFilters: { readonly FilterPath: string; readonly Methods: string[] }[];
    readonly ToolOverrides?: object[];
  };
}

/** What the template says of the API's target. */
function configured(fixture: Fixture): Configured {
  const { TargetConfiguration } = fixture.targetProperties();
  return (TargetConfiguration as { Mcp: { ApiGateway: Configured } }).Mcp.ApiGateway;
}

function restApi(fixture: Fixture, props: apigateway.RestApiProps = {}): apigateway.RestApi {
  return new apigateway.RestApi(fixture.stack, 'Pets', {
    defaultIntegration: new apigateway.MockIntegration(),
    ...props,
  });
}

/** An API with two named methods, one without a name, and what can be no tool. */
function petsApi(fixture: Fixture): apigateway.RestApi {
  const api = restApi(fixture, { defaultCorsPreflightOptions: { allowOrigins: ['https://example.com'] } });
  const pet = api.addModel('Pet', {
    schema: {
      type: JsonSchemaType.OBJECT,
      properties: { name: { type: JsonSchemaType.STRING } },
      required: ['name'],
    },
  });
  const pets = api.root.addResource('pets');
  pets.addMethod('GET', undefined, {
    operationName: 'listPets',
    requestParameters: { 'method.request.querystring.limit': true, 'method.request.header.X-Kind': false },
  });
  pets.addResource('{petId}').addMethod('POST', undefined, {
    operationName: 'updatePet',
    requestModels: { 'application/json': pet },
  });
  pets.addMethod('DELETE');
  api.root.addProxy();
  return api;
}

function add(options: ApiGatewayToolsOptions = {}) {
  const fixture = new Fixture();
  const target = fixture.add(Tools.fromApiGateway(petsApi(fixture), options));
  return { fixture, target };
}

const failing = (options: ApiGatewayToolsOptions) => diagnosticsOf(() => add(options));

/** The target of an API with one method. */
function one(method: apigateway.MethodOptions, options: ApiGatewayToolsOptions = {}): GovernedTarget {
  const fixture = new Fixture();
  const api = restApi(fixture);
  api.root.addMethod('GET', undefined, { operationName: 'always' });
  api.root.addResource('a').addMethod('GET', undefined, { operationName: 'one', ...method });
  return fixture.add(Tools.fromApiGateway(api, options));
}

const role = agentcore.GatewayCredentialProvider.fromIamRole();
const apiKey = agentcore.GatewayCredentialProvider.fromApiKeyIdentityArn({
  providerArn: 'arn:aws:bedrock-agentcore:eu-west-1:111122223333:token-vault/default/apikeycredentialprovider/p',
  secretArn: 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:s',
});

describe('tools of a REST API', () => {
  it('are the methods that its construct has; those without a name get one', () => {
    const { fixture, target } = add();
    expect(target._catalogTarget().tools).toEqual([
      {
        name: 'listPets',
        description: 'GET /pets',
        classes: ['read'],
        inputSchema: {
          type: 'object',
          properties: { limit: { type: 'string' }, 'X-Kind': { type: 'string' } },
          required: ['limit'],
        },
      },
      {
        name: 'delete_pets',
        description: 'DELETE /pets',
        classes: ['write', 'destructive'],
        inputSchema: { type: 'object', properties: {} },
      },
      {
        name: 'updatePet',
        description: 'POST /pets/{petId}',
        classes: ['write'],
        inputSchema: {
          type: 'object',
          properties: { petId: { type: 'string' }, name: { type: 'string' } },
          required: ['petId', 'name'],
        },
      },
    ]);
    expect(configured(fixture)).toEqual({
      RestApiId: { Ref: expect.stringContaining('Pets') },
      Stage: { Ref: expect.stringContaining('DeploymentStage') },
      ApiGatewayToolConfiguration: {
        ToolFilters: [
          { FilterPath: '/pets', Methods: ['GET', 'DELETE'] },
          { FilterPath: '/pets/{petId}', Methods: ['POST'] },
        ],
        ToolOverrides: [{ Path: '/pets', Method: 'DELETE', Name: 'delete_pets' }],
      },
    });
    expect(target._manifest()).toMatchObject({
      kind: 'api-gateway',
      endpoint: { 'Fn::Join': expect.anything() },
      requests: { updatePet: { method: 'POST', path: '/pets/{petId}', body: { from: 'members' } } },
    });
  });

  it('stay as they were declared when the API gets more methods', () => {
    const fixture = new Fixture();
    const api = petsApi(fixture);
    const target = fixture.add(Tools.fromApiGateway(api, { include: [{ paths: ['/pets/*', '/pets'] }] }));
    api.root.getResource('pets')?.addMethod('PUT', undefined, { operationName: 'late' });
    const deployed = configured(fixture).ApiGatewayToolConfiguration.ToolFilters;
    expect(JSON.stringify(deployed)).not.toMatch(/PUT|\*/);
    expect(target.tools).toEqual(['listPets', 'delete_pets', 'updatePet']);
  });

  it('carry every option', () => {
    const { fixture, target } = add({
      description: 'Pets',
      stage: 'prod',
      include: [{ paths: ['/pets/*'], methods: ['POST'] }, { operationIds: ['delete_pets'] }],
      exclude: [{ methods: ['GET'] }],
      overrides: [{ path: '/pets', method: DELETE, name: 'drop_pets', description: 'Drops all pets' }],
      allowedQueryParameters: ['trace'],
    });
    expect(target._catalogTarget().tools.map(({ name, description }) => [name, description])).toEqual([
      ['drop_pets', 'Drops all pets'],
      ['updatePet', 'POST /pets/{petId}'],
    ]);
    expect(fixture.targetProperties()).toMatchObject({
      Description: 'Pets',
      MetadataConfiguration: { AllowedQueryParameters: ['trace'] },
    });
    expect(configured(fixture)).toMatchObject({
      Stage: 'prod',
      ApiGatewayToolConfiguration: {
        ToolOverrides: [{ Name: 'drop_pets', Method: 'DELETE', Path: '/pets', Description: 'Drops all pets' }],
      },
    });
    const [resource] = Object.values(fixture.template().findResources('AWS::BedrockAgentCore::GatewayTarget'));
    expect(resource?.['DependsOn']).toEqual(expect.arrayContaining([expect.stringContaining('DeploymentStage')]));
    expect(target._diagnostics()).toEqual([]);
  });

  it('need filters and overrides that meet something', () => {
    const found = failing({
      include: [{ paths: ['/pets'] }, { paths: ['/pet'] }],
      overrides: [{ path: '/pets', method: POST, name: 'x' }],
    });
    expect(found.map(({ code, help }) => [code, help])).toEqual([
      ['TARGET_OPERATION_FILTER', 'did you mean `/pets`?'],
      ['TARGET_API_OVERRIDE', 'did you mean `GET /pets`?'],
    ]);
  });

  it('know models that refer to each other and to themselves', () => {
    const fixture = new Fixture();
    const api = restApi(fixture);
    const tag = api.addModel('Tag', {
      modelName: 'Tag',
      schema: { type: JsonSchemaType.OBJECT, properties: { label: { type: JsonSchemaType.STRING } } },
    });
    const url = (name: string) => `https://apigateway.amazonaws.com/restapis/${api.restApiId}/models/${name}`;
    const pet = api.addModel('Pet', {
      schema: {
        type: JsonSchemaType.OBJECT,
        definitions: { size: { type: JsonSchemaType.INTEGER } },
        properties: {
          tags: { type: JsonSchemaType.ARRAY, items: { ref: url(tag.modelId) } },
          first: { ref: url('Tag') },
          size: { ref: '#/definitions/size' },
        },
      },
    });
    api.root.addMethod('POST', undefined, { operationName: 'add', requestModels: { 'application/json': pet } });
    const target = fixture.add(Tools.fromApiGateway(api));
    const Tag = { type: 'object', properties: { label: { type: 'string' } } };
    expect(target._catalogTarget().tools[0]?.inputSchema['properties']).toEqual({
      tags: { type: 'array', items: Tag },
      first: Tag,
      size: { type: 'integer' },
    });
  });

  it('come from a definition in the template', () => {
    const fixture = new Fixture();
    const paths = {
      '/a': { get: { operationId: 'getA' }, options: { operationId: 'preflight' } },
      '/b/{proxy+}': { get: {} },
    };
    const apiDefinition = apigateway.ApiDefinition.fromInline({
      openapi: '3.0.1',
      info: { title: 'A', version: '1' },
      paths,
    });
    const api = new apigateway.SpecRestApi(fixture.stack, 'Api', { apiDefinition });
    const target = fixture.add(Tools.fromApiGateway(api));
    expect(target.tools).toEqual(['getA']);
    expect(target._diagnostics().map(({ code }) => code)).toEqual(['TARGET_OPERATION_LEFT_OUT']);
  });
});

describe('an API that is not in the app', () => {
  function imported(options: ApiGatewayToolsOptions): { readonly fixture: Fixture; readonly target: GovernedTarget } {
    const fixture = new Fixture();
    const attributes = { restApiId: 'a1b2c3', rootResourceId: 'r1' };
    const api = apigateway.RestApi.fromRestApiAttributes(fixture.stack, 'Pets', attributes);
    return { fixture, target: fixture.add(Tools.fromApiGateway(api, { stage: 'live', ...options })) };
  }
  const codes = (options: ApiGatewayToolsOptions) => diagnosticsOf(() => imported(options)).map(({ code }) => code);
  const tools = ToolList.fromInline({ name: 'b', description: 'B', inputSchema: { type: 'object' } });

  it('needs a document, or a list whose overrides say which method each tool is', () => {
    expect(codes({})).toEqual(['TARGET_API_UNKNOWN']);
    const document = join(mkdtempSync(join(tmpdir(), 'export-test-')), 'export.json');
    writeFileSync(document, JSON.stringify({ openapi: '3.0.1', paths: { '/a': { get: { operationId: 'getA' } } } }));
    expect(imported({ document }).target.tools).toEqual(['getA']);
    const { fixture, target } = imported({ tools, overrides: [{ path: '/b', method: GET, name: 'b' }] });
    expect(target.tools).toEqual(['b']);
    expect(configured(fixture).ApiGatewayToolConfiguration).toEqual({
      ToolFilters: [{ FilterPath: '/b', Methods: ['GET'] }],
      ToolOverrides: [{ Path: '/b', Method: 'GET', Name: 'b' }],
    });
    expect(codes({ tools })).toEqual(['TARGET_API_TOOL_UNPLACED', 'TARGET_NO_TOOLS']);
    const overrides = ['b', 'c'].map((name) => ({ path: `/${name}`, method: GET, name }));
    expect(codes({ tools, overrides })).toEqual(['TARGET_PINNED_TOOL_MISSING']);
    expect(codes({ tools, stage: undefined, overrides: overrides.slice(0, 1) })).toEqual(['TARGET_API_WITHOUT_STAGE']);
  });

  it('is in the same place', () => {
    const fixture = new Fixture();
    const elsewhere = new Stack(fixture.app, 'Elsewhere', { env: { region: 'us-east-1', account: '111122223333' } });
    const here = new Fixture({ region: 'eu-west-1', account: '111122223333' });
    const api = new apigateway.RestApi(elsewhere, 'Api');
    api.root.addMethod('GET', new apigateway.MockIntegration());
    expect(diagnosticsOf(() => here.add(Tools.fromApiGateway(api, { stage: 'prod' })))).toMatchObject([
      { code: 'TARGET_API_UNREACHABLE', message: expect.stringContaining('in us-east-1, the gateway is in eu-west-1') },
    ]);
  });
});

// Covers api-gateway.methods
describe('a method that the gateway cannot call', () => {
  it.each<[string, (fixture: Fixture) => apigateway.MethodOptions, string]>([
    [
      'API key and AWS_IAM',
      () => ({ apiKeyRequired: true, authorizationType: AuthorizationType.IAM }),
      'wants both AWS_IAM and an API key',
    ],
    [
      'a user pool',
      ({ stack }) => {
        const cognitoUserPools = [new cognito.UserPool(stack, 'Pool')];
        return { authorizer: new apigateway.CognitoUserPoolsAuthorizer(stack, 'Authorizer', { cognitoUserPools }) };
      },
      'its authorizer is a user pool or a function',
    ],
    [
      'a header for credentials',
      () => ({ requestParameters: { 'method.request.header.Authorization': true } }),
      'an agent would fill in `Authorization`',
    ],
  ])('is left out and the others stay: %s', (_, method, reason) => {
    const fixture = new Fixture();
    const api = restApi(fixture);
    api.root.addMethod('GET', undefined, { operationName: 'always' });
    api.root.addResource('a').addMethod('GET', undefined, { operationName: 'one', ...method(fixture) });
    const target = fixture.add(Tools.fromApiGateway(api));
    expect(target.tools).toEqual(['always']);
    expect(target._diagnostics().map(({ code, message }) => [code, message.includes(reason)])).toEqual([
      ['TARGET_OPERATION_LEFT_OUT', true],
    ]);
  });

  it.each<[string, apigateway.MethodOptions, agentcore.ICredentialProviderConfig | undefined, boolean]>([
    ['AWS_IAM without credentials', { authorizationType: AuthorizationType.IAM }, undefined, false],
    ['AWS_IAM with an API key', { authorizationType: AuthorizationType.IAM }, apiKey, false],
    ['AWS_IAM with the role', { authorizationType: AuthorizationType.IAM }, role, true],
    ['an API key without credentials', { apiKeyRequired: true }, undefined, false],
    ['an API key with the role', { apiKeyRequired: true }, role, false],
    ['an API key with one', { apiKeyRequired: true }, apiKey, true],
    ['nothing with the role', {}, role, true],
  ])('is an error when other credentials would do: %s', (_, method, credentials, isCalled) => {
    const options = credentials && { credentials };
    if (isCalled) expect(one(method, options).tools).toEqual(['always', 'one']);
    else expect(diagnosticsOf(() => one(method, options)).map(({ code }) => code)).toEqual(['TARGET_API_ACCESS']);
  });

  it.each<[string, apigateway.RestApiProps, string]>([
    ['a private endpoint', { endpointTypes: [apigateway.EndpointType.PRIVATE] }, 'its endpoint is private'],
    ['a disabled endpoint', { disableExecuteApiEndpoint: true }, 'its default endpoint is disabled'],
  ])('is one of an API with %s', (_, props, problem) => {
    const fixture = new Fixture();
    const api = restApi(fixture, props);
    api.root.addMethod('GET');
    expect(diagnosticsOf(() => fixture.add(Tools.fromApiGateway(api)))).toMatchObject([
      { code: 'TARGET_API_UNREACHABLE', message: expect.stringContaining(problem) },
    ]);
  });

  const open = { effect: iam.Effect.ALLOW, principals: [new iam.AnyPrincipal()] };
  const inVpc = { StringEquals: { 'aws:SourceVpce': 'vpce-1' } };
  const closed = {
    effect: iam.Effect.DENY,
    principals: [new iam.AnyPrincipal()],
    conditions: { StringNotEquals: inVpc.StringEquals },
  };
  const account = { effect: iam.Effect.ALLOW, principals: [new iam.AccountPrincipal('111122223333')] };
  // Covers target.resource-policy
  it.each<[string, iam.PolicyStatementProps[], string | undefined, string | undefined]>([
    ['everybody', [open], undefined, undefined],
    ['one account', [account], 'allows no caller without credentials of IAM', undefined],
    ['a network only', [{ ...open, conditions: inVpc }], 'allows calls from certain networks only', undefined],
    ['nobody from elsewhere', [open, closed], 'denies calls by the network', 'denies calls by the network'],
    ['a network, and everybody', [{ ...open, conditions: inVpc }, open], undefined, undefined],
    ['another action', [{ ...account, actions: ['execute-api:ManageConnections'] }], undefined, undefined],
  ])('is one of an API whose resource policy allows %s', (_, statements, anonymous, signed) => {
    for (const [credentials, problem] of [
      [undefined, anonymous],
      [role, signed],
    ] as const) {
      const fixture = new Fixture();
      const policy = new iam.PolicyDocument({
        statements: statements.map(
          (one) => new iam.PolicyStatement({ actions: ['execute-api:Invoke'], resources: ['execute-api:/*'], ...one }),
        ),
      });
      const api = restApi(fixture, { policy });
      api.root.addMethod('GET');
      const findings = fixture.add(Tools.fromApiGateway(api, { ...(credentials && { credentials }) }))._diagnostics();
      const found = findings.filter(({ code }) => code === 'TARGET_API_RESOURCE_POLICY');
      expect(found).toMatchObject(problem === undefined ? [] : [{ message: expect.stringContaining(problem) }]);
    }
  });

  it('is one of a stage that there is not', () => {
    const fixture = new Fixture();
    const api = restApi(fixture, { deploy: false });
    api.root.addMethod('GET');
    expect(diagnosticsOf(() => fixture.add(Tools.fromApiGateway(api))).map(({ code }) => code)).toEqual([
      'TARGET_API_WITHOUT_STAGE',
    ]);
    const { target } = add({ stage: 'prot' });
    expect(target._diagnostics()).toMatchObject([{ code: 'TARGET_API_STAGE', help: 'did you mean `prod`?' }]);
  });
});
