import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import { ApiGatewayHttpMethod } from 'aws-cdk-lib/aws-bedrockagentcore';
import { describe, expect, it } from 'vitest';
import type { ApiGatewayToolsOptions } from '../../../lib/constructs/targets/api-gateway/api-gateway-options';
import { ToolList } from '../../../lib/constructs/targets/source/tool-list';
import { Tools } from '../../../lib/constructs/targets/tools';
import { diagnosticsOf } from './diagnostics-of';
import { Fixture } from './fixture-app';

const { GET, POST, DELETE } = ApiGatewayHttpMethod;

/** An API with two named methods, one without a name, and what can be no tool. */
function petsApi(fixture: Fixture, withUnnamed = false): apigateway.RestApi {
  const api = new apigateway.RestApi(fixture.stack, 'Pets', {
    defaultIntegration: new apigateway.MockIntegration(),
    defaultCorsPreflightOptions: { allowOrigins: ['https://example.com'] },
  });
  const pet = api.addModel('Pet', {
    schema: {
      type: apigateway.JsonSchemaType.OBJECT,
      properties: { name: { type: apigateway.JsonSchemaType.STRING } },
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
  if (withUnnamed) pets.addMethod('DELETE');
  api.root.addProxy();
  return api;
}

function add(options: ApiGatewayToolsOptions = {}, withUnnamed = false) {
  const fixture = new Fixture();
  const target = fixture.add(Tools.fromApiGateway(petsApi(fixture, withUnnamed), options));
  return { fixture, target };
}

const failing = (options: ApiGatewayToolsOptions, withUnnamed = false) =>
  diagnosticsOf(() => add(options, withUnnamed));

describe('tools of a REST API', () => {
  it('are the named methods that its construct has', () => {
    const { fixture, target } = add();
    expect(target._catalogTarget().tools).toEqual([
      {
        name: 'listPets',
        description: 'GET /pets',
        inputSchema: {
          type: 'object',
          properties: { limit: { type: 'string' }, 'X-Kind': { type: 'string' } },
          required: ['limit'],
        },
      },
      {
        name: 'updatePet',
        description: 'POST /pets/{petId}',
        inputSchema: {
          type: 'object',
          properties: { petId: { type: 'string' }, name: { type: 'string' } },
          required: ['petId', 'name'],
        },
      },
    ]);
    expect(fixture.targetProperties()).toMatchObject({
      TargetConfiguration: {
        Mcp: {
          ApiGateway: {
            RestApiId: { Ref: expect.stringContaining('Pets') },
            Stage: { Ref: expect.stringContaining('DeploymentStage') },
            ApiGatewayToolConfiguration: {
              ToolFilters: [
                { FilterPath: '/pets', Methods: ['GET'] },
                { FilterPath: '/pets/{petId}', Methods: ['POST'] },
              ],
            },
          },
        },
      },
    });
    expect(target._manifest()).toMatchObject({ kind: 'api-gateway', endpoint: { 'Fn::Join': expect.anything() } });
  });

  it('carry every option', () => {
    const { fixture, target } = add(
      {
        description: 'Pets',
        stage: 'live',
        filters: [
          { filterPath: '/pets/*', methods: [POST] },
          { filterPath: '/pets', methods: [DELETE] },
        ],
        overrides: [{ path: '/pets', method: DELETE, name: 'drop_pets', description: 'Drops all pets' }],
        allowedQueryParameters: ['trace'],
      },
      true,
    );
    expect(target._catalogTarget().tools.map(({ name, description }) => [name, description])).toEqual([
      ['drop_pets', 'Drops all pets'],
      ['updatePet', 'POST /pets/{petId}'],
    ]);
    expect(fixture.targetProperties()).toMatchObject({
      Description: 'Pets',
      MetadataConfiguration: { AllowedQueryParameters: ['trace'] },
      TargetConfiguration: {
        Mcp: {
          ApiGateway: {
            Stage: 'live',
            ApiGatewayToolConfiguration: { ToolOverrides: [{ Name: 'drop_pets', Method: 'DELETE', Path: '/pets' }] },
          },
        },
      },
    });
  });

  it('need names, and filters and overrides that meet something', () => {
    expect(failing({}, true).map(({ code }) => code)).toEqual(['TARGET_API_OPERATION_NAME']);
    const options = {
      filters: [
        { filterPath: '/pets', methods: [GET] },
        { filterPath: '/pet', methods: [GET] },
      ],
      overrides: [{ path: '/pets', method: POST, name: 'x' }],
    };
    expect(failing(options).map(({ code, help }) => [code, help])).toEqual([
      ['TARGET_API_FILTER', 'did you mean `/pets`?'],
      ['TARGET_API_OVERRIDE', 'did you mean `GET /pets`?'],
    ]);
  });

  it('come from a document or a list for an imported API', () => {
    const imported = (options: ApiGatewayToolsOptions) => {
      const fixture = new Fixture();
      const attributes = { restApiId: 'a1b2c3', rootResourceId: 'r1' };
      const api = apigateway.RestApi.fromRestApiAttributes(fixture.stack, 'Pets', attributes);
      return fixture.add(Tools.fromApiGateway(api, { stage: 'live', ...options }));
    };
    expect(diagnosticsOf(() => imported({})).map(({ code }) => code)).toEqual(['TARGET_API_UNKNOWN']);
    const document = join(mkdtempSync(join(tmpdir(), 'export-test-')), 'export.json');
    writeFileSync(document, JSON.stringify({ openapi: '3.0.1', paths: { '/a': { get: { operationId: 'getA' } } } }));
    expect(imported({ document }).tools).toEqual(['getA']);
    const tools = ToolList.fromInline({ name: 'b', description: 'B', inputSchema: { type: 'object' } });
    expect(imported({ tools }).tools).toEqual(['b']);
  });
});
