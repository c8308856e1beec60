import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as agentcore from 'aws-cdk-lib/aws-bedrockagentcore';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import type { OpenApiToolsOptions } from '../../../lib/constructs/targets/openapi/openapi-options';
import { ToolList } from '../../../lib/constructs/targets/source/tool-list';
import { Tools } from '../../../lib/constructs/targets/tools';
import { diagnosticsOf } from './diagnostics-of';
import { Fixture, GEOGRAPHY } from './fixture-app';

const PETS = {
  openapi: '3.0.3',
  info: { title: 'Pets', version: '1' },
  servers: [{ url: 'https://pets.example.com/v1' }],
  paths: {
    '/pets/{petId}': {
      parameters: [{ $ref: '#/components/parameters/PetId' }],
      get: { operationId: 'getPet', summary: 'Returns a pet', responses: {} },
      put: {
        operationId: 'updatePet',
        parameters: [{ name: 'dryRun', in: 'query', schema: { type: 'boolean' }, description: 'Only check' }],
        requestBody: {
          required: true,
          content: { 'application/json': { schema: { $ref: '#/components/schemas/Pet' } } },
        },
        responses: {},
      },
    },
    '/pets': {
      post: {
        operationId: 'importPets',
        description: 'Imports pets',
        requestBody: {
          content: { 'application/json; charset=utf-8': { schema: { type: 'array', items: { type: 'string' } } } },
        },
        responses: {},
      },
    },
  },
  components: {
    parameters: { PetId: { name: 'petId', in: 'path', required: true, schema: { type: 'integer' } } },
    schemas: {
      Pet: {
        type: 'object',
        required: ['name'],
        properties: {
          name: { type: 'string', enum: ['cat', 'dog'] },
          parent: { $ref: '#/components/schemas/Pet' },
          petId: { type: 'string' },
        },
      },
    },
  },
};

function file(document: unknown, name = 'api.json'): string {
  const path = join(mkdtempSync(join(tmpdir(), 'openapi-test-')), name);
  writeFileSync(path, name.endsWith('.yaml') ? stringify(document) : JSON.stringify(document));
  return path;
}

const PET = {
  name: { type: 'string', enum: ['cat', 'dog'] },
  parent: {
    type: 'object',
    required: ['name'],
    properties: {
      name: { type: 'string', enum: ['cat', 'dog'] },
      parent: { type: 'object' },
      petId: { type: 'string' },
    },
  },
};

const PET_INPUT = {
  type: 'object',
  properties: { petId: { type: 'integer' }, dryRun: { type: 'boolean', description: 'Only check' }, ...PET },
  required: ['petId', 'name'],
};

const PET_ID = { name: 'petId', in: 'path', required: true, schema: { type: 'integer' } };

describe('tools of an OpenAPI document', () => {
  it.each(['api.json', 'api.yaml'])('are its operations, from parameters and body (%s)', (name) => {
    const target = new Fixture().add(Tools.fromOpenApi(file(PETS, name)));
    expect(target._catalogTarget().tools).toEqual([
      {
        name: 'getPet',
        description: 'Returns a pet',
        classes: ['read'],
        inputSchema: { type: 'object', properties: { petId: { type: 'integer' } }, required: ['petId'] },
      },
      { name: 'updatePet', description: 'PUT /pets/{petId}', classes: ['write'], inputSchema: PET_INPUT },
      {
        name: 'importPets',
        description: 'Imports pets',
        classes: ['write'],
        inputSchema: { type: 'object', properties: { body: { type: 'array', items: { type: 'string' } } } },
      },
    ]);
    expect(target._diagnostics()).toEqual([]);
  });

  it('are published by a document with the very arguments that policies know, which the gateway alone may read', () => {
    const fixture = new Fixture();
    const target = fixture.add(Tools.fromOpenApi(file(PETS)));
    const properties = fixture.targetProperties();
    expect(properties['CredentialProviderConfigurations']).toBeUndefined();
    expect(JSON.stringify(properties['TargetConfiguration'])).toContain('OpenApiSchema');
    const policies = Object.values(fixture.template().findResources('AWS::IAM::Policy'));
    const statements = policies.flatMap((policy) => policy['Properties'].PolicyDocument.Statement as object[]);
    expect(statements).toContainEqual(
      expect.objectContaining({ Action: 's3:GetObject', Resource: { 'Fn::Join': ['', expect.anything()] } }),
    );
    const body = { type: 'object', properties: PET, required: ['name'] };
    const list = { type: 'array', items: { type: 'string' } };
    expect(fixture.deployedDocument()).toEqual({
      openapi: '3.0.3',
      info: PETS.info,
      servers: PETS.servers,
      paths: {
        '/pets/{petId}': {
          get: { operationId: 'getPet', summary: 'Returns a pet', parameters: [PET_ID], responses: {} },
          put: {
            operationId: 'updatePet',
            parameters: [
              PET_ID,
              { name: 'dryRun', in: 'query', required: false, description: 'Only check', schema: { type: 'boolean' } },
            ],
            requestBody: { required: true, content: { 'application/json': { schema: body } } },
            responses: {},
          },
        },
        '/pets': {
          post: {
            operationId: 'importPets',
            description: 'Imports pets',
            requestBody: { required: false, content: { 'application/json': { schema: list } } },
            responses: {},
          },
        },
      },
    });
    expect(target._manifest()).toMatchObject({
      kind: 'openapi',
      endpoint: 'https://pets.example.com/v1',
      requests: {
        updatePet: {
          method: 'PUT',
          path: '/pets/{petId}',
          parameters: [
            { name: 'petId', in: 'path' },
            { name: 'dryRun', in: 'query' },
          ],
          body: { mediaType: 'application/json', from: 'members' },
        },
        importPets: { body: { mediaType: 'application/json', from: 'argument' } },
      },
    });
  });

  it('get trusted fields as header parameters', () => {
    const fixture = new Fixture();
    const trustedFields = [{ ...GEOGRAPHY, tools: ['Claims___getPet'] }];
    const target = fixture.add(Tools.fromOpenApi(file(PETS)), { trustedFields });
    const geography = { type: 'string', description: 'Where the caller is' };
    const [getPet, updatePet] = target._catalogTarget().tools;
    expect(getPet?.inputSchema['properties']).toEqual({ petId: { type: 'integer' }, geography });
    expect(updatePet?.inputSchema).toEqual(PET_INPUT);
    const { paths } = fixture.deployedDocument() as typeof PETS;
    expect(paths['/pets/{petId}'].get).toMatchObject({
      parameters: [PET_ID, { name: 'geography', in: 'header', required: false }],
    });
    expect(JSON.stringify(paths['/pets/{petId}'].put)).not.toContain('geography');
    const headers = (tool: string) =>
      target._manifest().requests?.[tool]?.parameters.filter((one) => one.in === 'header');
    expect([headers('getPet'), headers('updatePet')]).toEqual([[{ name: 'geography', in: 'header' }], []]);
  });

  it('carry every option, and deploy nothing but the pinned tools', () => {
    const fixture = new Fixture();
    const credentials = agentcore.GatewayCredentialProvider.fromApiKeyIdentityArn({
      providerArn: 'arn:aws:bedrock-agentcore:eu-west-1:111122223333:token-vault/default/apikeycredentialprovider/p',
      secretArn: 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:s',
    });
    const tools = ToolList.fromInline({ name: 'getPet', description: 'Mine', inputSchema: { type: 'object' } });
    const target = fixture.add(
      Tools.fromOpenApi(file(PETS), {
        description: 'Pets',
        credentials,
        tools,
        server: 'https://other.example.com',
        include: [{ paths: ['/pets/*'] }],
        exclude: [{ operationIds: ['updatePet'] }],
        allowedQueryParameters: ['trace'],
        allowedRequestHeaders: ['X-Trace'],
        allowedResponseHeaders: ['X-Cost'],
      }),
    );
    expect(target.tools).toEqual(['getPet']);
    expect(fixture.targetProperties()).toMatchObject({
      Description: 'Pets',
      CredentialProviderConfigurations: [{ CredentialProviderType: 'API_KEY' }],
      MetadataConfiguration: {
        AllowedQueryParameters: ['trace'],
        AllowedRequestHeaders: ['X-Trace'],
        AllowedResponseHeaders: ['X-Cost'],
      },
    });
    expect(fixture.deployedDocument()).toMatchObject({
      servers: [{ url: 'https://other.example.com' }],
      paths: { '/pets/{petId}': { get: { operationId: 'getPet' } } },
    });
    expect(JSON.stringify(fixture.deployedDocument())).not.toMatch(/updatePet|importPets|components/);
    const wrong = ToolList.fromInline({ name: 'getPets', description: 'Mine', inputSchema: { type: 'object' } });
    const found = diagnosticsOf(() => new Fixture().add(Tools.fromOpenApi(file(PETS), { tools: wrong })));
    expect(found).toMatchObject([{ code: 'TARGET_PINNED_TOOL_UNKNOWN', help: 'did you mean `getPet`?' }]);
  });

  it('have the names that the app gives them, wherever the gateway, policies and the emulator name them', () => {
    const fixture = new Fixture();
    const options = { toolNames: { getPet: 'find_pet', updatePet: 'change_pet' }, exclude: [{ paths: ['/pets'] }] };
    const target = fixture.add(Tools.fromOpenApi(file(PETS), options));
    expect(target.tools).toEqual(['find_pet', 'change_pet']);
    expect(fixture.deployedDocument()).toMatchObject({
      paths: { '/pets/{petId}': { get: { operationId: 'find_pet' }, put: { operationId: 'change_pet' } } },
    });
    expect(Object.keys(target._manifest().requests ?? {})).toEqual(['find_pet', 'change_pet']);
    const named = (toolNames: { [operation: string]: string }) => () =>
      new Fixture().add(Tools.fromOpenApi(file(PETS), { toolNames }));
    expect(diagnosticsOf(named({ getPets: 'find_pet' }))).toMatchObject([
      { code: 'TARGET_OPERATION_FILTER', help: 'did you mean `getPet`?' },
    ]);
    expect(diagnosticsOf(named({ getPet: 'importPets' }))).toMatchObject([{ code: 'TARGET_DUPLICATE_TOOL' }]);
  });

  it('that ask for credentials are a warning where nothing sends any', () => {
    const security = (of: object[], more: object = {}) => ({
      ...PETS,
      security: of,
      components: {
        ...PETS.components,
        securitySchemes: {
          key: { type: 'apiKey', in: 'header', name: 'X-Pets-Key' },
          query: { type: 'apiKey', in: 'query', name: 'key' },
          session: { type: 'apiKey', in: 'cookie', name: 'session' },
          login: { type: 'oauth2', flows: {} },
        },
      },
      ...more,
    });
    const warned = (document: object, options: OpenApiToolsOptions = {}): string[] =>
      new Fixture()
        .add(Tools.fromOpenApi(file(document), options))
        ._diagnostics()
        .filter(({ code }) => code === 'TARGET_OPENAPI_SECURITY')
        .map(({ message }) => message.replace(/ of `[^`]*`/, ''));
    const every = '`getPet`, `updatePet`, `importPets`';
    expect(warned(security([{ login: ['read'] }]))).toEqual([
      `${every} ask their callers for \`login\`, and the target sends no credentials`,
    ]);
    for (const asked of ['key', 'query', 'session', 'undeclared'])
      expect(warned(security([{ [asked]: [] }]))).toHaveLength(1);
    // Open to everybody: no requirement, one way without any, an operation with none of its own.
    expect([warned(PETS), warned(security([])), warned(security([{ login: [] }, {}]))]).toEqual([[], [], []]);
    const { post } = PETS.paths['/pets'];
    const open = { paths: { ...PETS.paths, '/pets': { post: { ...post, security: [] } } } };
    expect(warned(security([{ key: [] }], open))[0]).toMatch(/^`getPet`, `updatePet` ask/);
    // The client's own passes, or the gateway sends one.
    const passing = { allowedRequestHeaders: ['x-pets-key'], allowedQueryParameters: ['key'] };
    expect(warned(security([{ key: [], query: [] }]), passing)).toEqual([]);
    expect(warned(security([{ key: [], login: [] }]), passing)).toHaveLength(1);
    const role = agentcore.GatewayCredentialProvider.fromIamRole({ service: 'execute-api' });
    expect(warned(security([{ login: [] }]), { credentials: role })).toEqual([]);
  });

  it('must be ones that the service takes; everything wrong is said at once', () => {
    const document = {
      swagger: '2.0',
      paths: {
        '/a': {
          get: { parameters: [{ $ref: 'other.yaml#/parameters/A' }, { $ref: '#/nowhere' }] },
          post: { operationId: 'upload', requestBody: { content: { 'text/csv': { schema: {} } } } },
        },
      },
    };
    const [path, fixture] = [file(document), new Fixture()];
    expect(diagnosticsOf(() => fixture.add(Tools.fromOpenApi(path))).map(({ code }) => code)).toEqual([
      'TARGET_OPENAPI_VERSION',
      'TARGET_OPENAPI_SERVER',
      'TARGET_OPENAPI_OTHER_FILES',
      'TARGET_OPENAPI_REFERENCE',
    ]);
  });
});
