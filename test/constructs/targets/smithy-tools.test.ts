import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { SmithyModel } from '../../../lib/constructs/targets/smithy/model';
import type { SmithyToolsOptions } from '../../../lib/constructs/targets/smithy/smithy-options';
import { ToolList } from '../../../lib/constructs/targets/source/tool-list';
import { Tools } from '../../../lib/constructs/targets/tools';
import { diagnosticsOf } from './diagnostics-of';
import { Fixture } from './fixture-app';

const http = (method: string, uri: string) => ({ 'smithy.api#http': { method, uri } });

const MODEL = {
  smithy: '2.0',
  shapes: {
    'app#Weather': {
      type: 'service',
      operations: [{ target: 'app#GetTime' }],
      resources: [{ target: 'app#City' }],
      traits: { 'aws.protocols#restJson1': {}, 'aws.api#service': { sdkId: 'Weather' } },
    },
    'app#City': { type: 'resource', read: { target: 'app#GetCity' }, resources: [{ target: 'app#City' }] },
    'app#GetTime': { type: 'operation', input: { target: 'smithy.api#Unit' }, traits: { ...http('GET', '/time') } },
    'app#GetCity': {
      type: 'operation',
      input: { target: 'app#GetCityInput' },
      traits: { ...http('GET', '/cities/{id}'), 'smithy.api#documentation': '<p>Returns a <b>city</b>.</p>' },
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
      { name: 'GetTime', description: 'GetTime', classes: ['read'], inputSchema: { type: 'object', properties: {} } },
      {
        name: 'GetCity',
        description: 'Returns a city.',
        classes: ['read'],
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

  // Covers smithy.protocols
  it.each(['awsJson1_0', 'awsQuery', 'ec2Query', 'restXml'])('speak no %s', (protocol) => {
    const shapes = {
      'app#S': { type: 'service', operations: [{ target: 'app#A' }], traits: { [`aws.protocols#${protocol}`]: {} } },
      'app#A': { type: 'operation', traits: http('GET', '/') },
    };
    const found = diagnosticsOf(() => new Fixture().add(Tools.fromSmithy(file({ smithy: '2.0', shapes }))));
    expect(found.map(({ code, message }) => [code, message.includes(`speaks \`aws.protocols#${protocol}\``)])).toEqual([
      ['TARGET_SMITHY_PROTOCOL', true],
    ]);
  });

  it('are selected, and the others are not deployed', () => {
    const read = (options: SmithyToolsOptions) => new SmithyModel(file(MODEL), options);
    const names = (options: SmithyToolsOptions) => read(options).tools.map(({ name }) => name);
    expect(names({ include: [{ paths: ['/cities/*'] }] })).toEqual(['GetCity']);
    expect(names({ exclude: [{ operationIds: ['GetCity'] }] })).toEqual(['GetTime']);
    const { shapes } = JSON.parse(
      read({ exclude: [{ methods: ['GET'], paths: ['/time'] }] }).deployed(),
    ) as typeof MODEL;
    expect(shapes['app#Weather'].operations).toEqual([]);
    expect(Object.keys(shapes)).not.toContain('app#GetTime');
    const without = read({ include: [{ operationIds: ['GetTime'] }] }).deployed();
    expect((JSON.parse(without) as typeof MODEL).shapes['app#City']).toEqual({
      type: 'resource',
      resources: [{ target: 'app#City' }],
    });
    const tools = ToolList.fromInline({ name: 'GetTime', description: 'x', inputSchema: { type: 'object' } });
    expect(JSON.parse(read({ tools }).deployed())).toEqual(JSON.parse(without));
    expect(read({ include: [{ operationIds: ['GetCiti'] }] }).findings).toMatchObject([
      { help: 'did you mean `GetCity`?' },
    ]);
  });

  it.each<[string, object, object, string]>([
    ['a stream', { target: 'app#Stream' }, http('PUT', '/a'), '`body` is a stream'],
    ['an event stream', { target: 'app#Events' }, http('PUT', '/a'), '`body` is a stream'],
    ['no path', { target: 'smithy.api#String' }, {}, 'it has no `http` trait'],
    [
      'a credential',
      { target: 'smithy.api#String', traits: { 'smithy.api#httpHeader': 'Authorization' } },
      http('PUT', '/a'),
      '`body` is sent as header `Authorization`',
    ],
    [
      'headers of any name',
      { target: 'app#Extra', traits: { 'smithy.api#httpPrefixHeaders': '' } },
      http('PUT', '/a'),
      '`body` holds headers of any name',
    ],
  ])('are not made of an operation with %s', (_, member, traits, reason) => {
    const shapes = {
      ...MODEL.shapes,
      'app#Weather': { ...MODEL.shapes['app#Weather'], operations: [{ target: 'app#GetTime' }, { target: 'app#Put' }] },
      'app#Put': { type: 'operation', input: { target: 'app#PutInput' }, traits },
      'app#PutInput': { type: 'structure', members: { body: member } },
      'app#Stream': { type: 'blob', traits: { 'smithy.api#streaming': {} } },
      'app#Events': { type: 'union', members: {}, traits: { 'smithy.api#streaming': {} } },
    };
    const model = new SmithyModel(file({ smithy: '2.0', shapes }), {});
    expect(model.tools.map(({ name }) => name)).toEqual(['GetTime', 'GetCity']);
    expect(model.findings.map(({ severity, message }) => [severity, message])).toEqual([
      ['warning', `operation \`Put\` becomes no tool: ${reason}`],
    ]);
    expect(model.deployed()).not.toContain('app#Put"');
  });
});
