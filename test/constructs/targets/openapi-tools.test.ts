import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as agentcore from 'aws-cdk-lib/aws-bedrockagentcore';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
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

const PET_INPUT = {
  type: 'object',
  properties: {
    petId: { type: 'integer' },
    dryRun: { type: 'boolean', description: 'Only check' },
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
  },
  required: ['petId', 'name'],
};

describe('tools of an OpenAPI document', () => {
  it.each(['api.json', 'api.yaml'])('are its operations, from parameters and body (%s)', (name) => {
    const target = new Fixture().add(Tools.fromOpenApi(file(PETS, name)));
    expect(target._catalogTarget().tools).toEqual([
      {
        name: 'getPet',
        description: 'Returns a pet',
        inputSchema: { type: 'object', properties: { petId: { type: 'integer' } }, required: ['petId'] },
      },
      { name: 'updatePet', description: 'PUT /pets/{petId}', inputSchema: PET_INPUT },
      {
        name: 'importPets',
        description: 'Imports pets',
        inputSchema: { type: 'object', properties: { body: { type: 'array', items: { type: 'string' } } } },
      },
    ]);
    expect(target._diagnostics()).toEqual([]);
  });

  it('are published by the document, of which the gateway may read just the object', () => {
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
    const manifest = target._manifest();
    expect(manifest).toMatchObject({ kind: 'openapi', endpoint: 'https://pets.example.com/v1' });
    const path = join(fixture.app.synth().directory, manifest.document ?? '');
    expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual(PETS);
  });

  it('get trusted fields as header parameters', () => {
    const fixture = new Fixture();
    const trustedFields = [{ ...GEOGRAPHY, tools: ['Claims___getPet'] }];
    const target = fixture.add(Tools.fromOpenApi(file(PETS)), { trustedFields });
    const geography = { type: 'string', description: 'Where the caller is' };
    const [getPet, updatePet] = target._catalogTarget().tools;
    expect(getPet?.inputSchema['properties']).toEqual({ petId: { type: 'integer' }, geography });
    expect(updatePet?.inputSchema).toEqual(PET_INPUT);
    const path = join(fixture.app.synth().directory, target._manifest().document ?? '');
    const paths = (JSON.parse(readFileSync(path, 'utf8')) as typeof PETS).paths['/pets/{petId}'];
    expect(paths.get).toMatchObject({ parameters: [{ name: 'geography', in: 'header', required: false }] });
    expect(paths.put).toEqual(PETS.paths['/pets/{petId}'].put);
  });

  it('carry every option', () => {
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
  });

  it('must be ones that the service takes; everything wrong is said at once', () => {
    const document = {
      swagger: '2.0',
      paths: {
        '/a': {
          get: { parameters: [{ $ref: 'other.yaml#/parameters/A' }] },
          post: { operationId: 'upload', requestBody: { content: { 'multipart/form-data': { schema: {} } } } },
        },
      },
    };
    const [path, fixture] = [file(document), new Fixture()];
    expect(diagnosticsOf(() => fixture.add(Tools.fromOpenApi(path))).map(({ code }) => code)).toEqual([
      'TARGET_OPENAPI_VERSION',
      'TARGET_OPENAPI_SERVER',
      'TARGET_OPENAPI_REFERENCE',
      'TARGET_OPENAPI_OPERATION_ID',
    ]);
  });

  it('with another body than JSON are worth a warning', () => {
    const upload = { operationId: 'upload', requestBody: { content: { 'multipart/form-data': { schema: {} } } } };
    const target = new Fixture().add(Tools.fromOpenApi(file({ ...PETS, paths: { '/a': { post: upload } } })));
    expect(target._diagnostics().map(({ code }) => code)).toEqual(['TARGET_OPENAPI_BODY']);
  });
});
