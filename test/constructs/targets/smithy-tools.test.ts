import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Tools } from '../../../lib/constructs/targets/tools';
import { diagnosticsOf } from './diagnostics-of';
import { Fixture } from './fixture-app';

const MODEL = {
  smithy: '2.0',
  shapes: {
    'app#Weather': {
      type: 'service',
      operations: [{ target: 'app#GetTime' }],
      resources: [{ target: 'app#City' }],
    },
    'app#City': { type: 'resource', read: { target: 'app#GetCity' }, resources: [{ target: 'app#City' }] },
    'app#GetTime': { type: 'operation', input: { target: 'smithy.api#Unit' } },
    'app#GetCity': {
      type: 'operation',
      input: { target: 'app#GetCityInput' },
      traits: { 'smithy.api#documentation': '<p>Returns a <b>city</b>.</p>' },
    },
    'app#Unbound': { type: 'operation' },
    'app#Paged': { type: 'structure', members: { limit: { target: 'smithy.api#PrimitiveInteger' } } },
    'app#GetCityInput': {
      type: 'structure',
      mixins: [{ target: 'app#Paged' }],
      members: {
        id: { target: 'app#CityId', traits: { 'smithy.api#required': {}, 'smithy.api#documentation': 'The id' } },
        kind: { target: 'app#Kind' },
        ratio: { target: 'smithy.api#Double' },
        tags: { target: 'app#Tags' },
        extra: { target: 'app#Extra' },
        tree: { target: 'app#Tree' },
        any: { target: 'smithy.api#Document' },
        when: { target: 'smithy.api#Timestamp' },
      },
    },
    'app#CityId': { type: 'string' },
    'app#Kind': {
      type: 'enum',
      members: {
        BIG: { target: 'smithy.api#Unit', traits: { 'smithy.api#enumValue': 'big' } },
        SMALL: { target: 'smithy.api#Unit' },
      },
    },
    'app#Tags': { type: 'list', member: { target: 'smithy.api#String' } },
    'app#Extra': { type: 'map', key: { target: 'smithy.api#String' }, value: { target: 'smithy.api#String' } },
    'app#Tree': { type: 'union', members: { leaf: { target: 'smithy.api#Boolean' }, node: { target: 'app#Tree' } } },
  },
};

function file(model: unknown): string {
  const path = join(mkdtempSync(join(tmpdir(), 'smithy-test-')), 'model.json');
  writeFileSync(path, JSON.stringify(model));
  return path;
}

describe('tools of a Smithy model', () => {
  it('are the operations of its service and their resources', () => {
    const target = new Fixture().add(Tools.fromSmithy(file(MODEL)));
    expect(target._catalogTarget().tools).toEqual([
      { name: 'GetTime', description: 'GetTime', inputSchema: { type: 'object', properties: {} } },
      {
        name: 'GetCity',
        description: 'Returns a city.',
        inputSchema: {
          type: 'object',
          properties: {
            limit: { type: 'integer' },
            id: { type: 'string', description: 'The id' },
            kind: { type: 'string', enum: ['big', 'SMALL'] },
            ratio: { type: 'number' },
            tags: { type: 'array', items: { type: 'string' } },
            extra: { type: 'object' },
            tree: { type: 'object', properties: { leaf: { type: 'boolean' }, node: { type: 'object' } } },
            any: { type: 'object' },
            when: { type: 'string' },
          },
          required: ['id'],
        },
      },
    ]);
  });

  it('are published by the model, called with the role of the gateway', () => {
    const fixture = new Fixture();
    fixture.add(Tools.fromSmithy(file(MODEL), { description: 'Weather', allowedRequestHeaders: ['X-Trace'] }));
    const properties = fixture.targetProperties();
    expect(properties).toMatchObject({
      Description: 'Weather',
      CredentialProviderConfigurations: [{ CredentialProviderType: 'GATEWAY_IAM_ROLE' }],
      MetadataConfiguration: { AllowedRequestHeaders: ['X-Trace'] },
    });
    expect(JSON.stringify(properties['TargetConfiguration'])).toContain('SmithyModel');
    expect(fixture.deployedDocument()).toEqual(MODEL);
  });

  it.each([
    [{ shapes: {} }, 'TARGET_SMITHY_FORM'],
    [{ smithy: '2.0', shapes: { 'app#A': { type: 'operation' } } }, 'TARGET_SMITHY_SERVICE'],
    [{ smithy: '2.0', shapes: { 'app#S': { type: 'service' } } }, 'TARGET_NO_TOOLS'],
  ])('need a model with a service and operations: %j', (model, code) => {
    const found = diagnosticsOf(() => new Fixture().add(Tools.fromSmithy(file(model))));
    expect(found.map((finding) => finding.code)).toContain(code);
  });
});
