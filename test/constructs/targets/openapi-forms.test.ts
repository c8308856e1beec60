import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { OpenApiDocument } from '../../../lib/constructs/targets/openapi/document';
import type { OpenApiToolsOptions } from '../../../lib/constructs/targets/openapi/openapi-options';
import type { JsonObject } from '../../../lib/contract/json';
import { diagnosticsOf } from './diagnostics-of';

const HEAD = { openapi: '3.0.3', info: { title: 'A', version: '1' }, servers: [{ url: 'https://api.example.com' }] };

const folder = mkdtempSync(join(tmpdir(), 'openapi-forms-'));
let files = 0;

function file(document: unknown): string {
  const path = join(folder, `${files++}.json`);
  writeFileSync(path, typeof document === 'string' ? document : JSON.stringify(document));
  return path;
}

function read(document: object, options: OpenApiToolsOptions = {}): OpenApiDocument {
  return new OpenApiDocument(file({ ...HEAD, ...document }), options);
}

/** A document with one operation, `POST /a/{id}` with the id `one`. */
function readOne(operation: object, document: object = {}): OpenApiDocument {
  const parameters = [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }];
  const post = { operationId: 'one', responses: {}, ...operation };
  return read({ paths: { '/a/{id}': { parameters, post }, '/b': { get: { operationId: 'other' } } }, ...document });
}

const parameter = (more: object) => ({ parameters: [{ name: 'p', in: 'query', schema: { type: 'string' }, ...more }] });
const body = (schema: object, type = 'application/json') => ({
  requestBody: { required: true, content: { [type]: { schema } } },
});
const members = (properties: object, more: object = {}) => ({ type: 'object', properties, ...more });

/** Arguments of `one` beside its id. */
function argumentsOf(document: OpenApiDocument): { [name: string]: unknown } {
  const tool = document.tools.find(({ name }) => name === 'one');
  const { id: _, ...rest } = (tool?.inputSchema['properties'] ?? {}) as { [name: string]: unknown };
  return rest;
}

function deployed(document: OpenApiDocument): JsonObject {
  return JSON.parse(document.deployed(() => [])) as JsonObject;
}

describe('an operation that the gateway does not take', () => {
  // Covers openapi.operations
  it.each<[string, object, string]>([
    ['a choice of types', body(members({ a: { oneOf: [{ type: 'string' }, { type: 'integer' }] } })), '`a` is a union'],
    ['a choice of objects', body({ anyOf: [members({ a: {} }), members({ b: {} })] }), '`body` is a union'],
    ['several types', body(members({ a: members({ b: { type: ['string', 'integer'] } }) })), '`a.b` is a union'],
    [
      'types that exclude each other',
      body(members({ a: { allOf: [{ type: 'string' }, { type: 'integer' }] } })),
      '`a` is an intersection of different types',
    ],
    [
      'a choice inside a list',
      body(members({ a: { type: 'array', items: { oneOf: [{ type: 'string' }, { type: 'object' }] } } })),
      '`a[]` is a union',
    ],
    [
      'a choice inside a map',
      body(
        members({ a: { type: 'object', additionalProperties: { oneOf: [{ type: 'string' }, { type: 'object' }] } } }),
      ),
      '`a.*` is a union',
    ],
    ['a body of another type', body({}, 'text/csv'), 'its body is `text/csv`'],
    ['a vendor type', body({}, 'application/vnd.api+json'), 'its body is `application/vnd.api+json`'],
    [
      'a file',
      body(members({ f: { type: 'string', format: 'binary' } }), 'multipart/form-data'),
      'member `f` of its form is a file',
    ],
    [
      'files',
      body(members({ f: { type: 'array', items: { type: 'string', format: 'binary' } } }), 'multipart/form-data'),
      'member `f` of its form is a file',
    ],
    [
      'a form that is a list',
      body({ type: 'array' }, 'application/x-www-form-urlencoded'),
      'its form is no object with known members',
    ],
    [
      'a style',
      parameter({ style: 'deepObject', schema: { type: 'object' } }),
      'parameter `p` has the style `deepObject`',
    ],
    [
      'a pipe-delimited list',
      parameter({ style: 'pipeDelimited', schema: { type: 'array' } }),
      'parameter `p` has the style `pipeDelimited`',
    ],
    [
      'a list in one value',
      parameter({ explode: false, schema: { type: 'array', items: {} } }),
      'parameter `p` is a list in one value (`explode: false`)',
    ],
    ['an object', parameter({ schema: { type: 'object' } }), 'parameter `p` is an object'],
    ['a list in a header', parameter({ in: 'header', schema: { type: 'array' } }), 'parameter `p` is a list'],
    [
      'a media type',
      parameter({ schema: undefined, content: { 'application/json': {} } }),
      'parameter `p` is serialized by a media type',
    ],
    ['an unknown place', parameter({ in: 'querystring' }), 'parameter `p` is in `querystring`'],
    ['a path without its parameter', parameter({ in: 'path', name: 'x' }), 'path parameter `x` is not in its path'],
    [
      'two required arguments of one name',
      body(members({ id: {} }, { required: ['id'] })),
      'two required arguments are named `id`',
    ],
    ['a server of its own', { servers: [{ url: 'https://uploads.example.com' }] }, 'it has a server of its own'],
  ])('is left out and the others stay: %s', (_, operation, reason) => {
    const document = readOne(operation);
    expect(document.tools.map(({ name }) => name)).toEqual(['other']);
    expect(document.findings.map(({ severity, message }) => [severity, message])).toEqual([
      ['warning', `operation \`POST /a/{id}\` becomes no tool: ${reason}`],
    ]);
    expect(Object.keys(deployed(document)['paths'] as object)).toEqual(['/b']);
  });

  it.each(['/a/{;id*}', '/a/{id}{?page}', '/a/{id*}'])('is left out for the path %s', (path) => {
    const parameters = [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }];
    const { tools, findings } = read({ paths: { [path]: { get: { parameters } }, '/b': { get: {}, trace: {} } } });
    expect(tools.map(({ name }) => name)).toEqual(['get_b']);
    expect(findings.map(({ code }) => code)).toEqual(['TARGET_OPERATION_LEFT_OUT', 'TARGET_OPERATION_LEFT_OUT']);
  });
});

describe('the arguments of an operation', () => {
  const Named = members({ name: { type: 'string' } }, { required: ['name'] });
  const components = {
    schemas: {
      Named,
      Id: { type: 'string', readOnly: true },
      Tree: members({
        label: { type: 'string' },
        children: { type: 'array', items: { $ref: '#/components/schemas/Tree' } },
      }),
      'a/b~c%': { type: 'boolean' },
    },
    parameters: {
      Page: { name: 'page', in: 'query', schema: { type: 'integer' } },
      Alias: { $ref: '#/components/parameters/Page' },
    },
    requestBodies: { Named: body({ $ref: '#/components/schemas/Named' }).requestBody },
  };

  // Covers assumed.openapi-arguments
  it.each<[string, object, object]>([
    [
      'a nullable type',
      body(members({ a: { type: 'string', nullable: true } })),
      { a: { type: 'string', nullable: true } },
    ],
    ['null among types', body(members({ a: { type: ['string', 'null'] } })), { a: { type: 'string', nullable: true } }],
    [
      'null among choices',
      body(members({ a: { anyOf: [{ $ref: '#/components/schemas/Named' }, { type: 'null' }] } })),
      { a: { ...Named, nullable: true } },
    ],
    [
      'one choice',
      body(members({ a: { oneOf: [{ type: 'integer', minimum: 1 }] } })),
      { a: { type: 'integer', minimum: 1 } },
    ],
    [
      'choices of one simple type',
      body(
        members({
          a: {
            anyOf: [
              { type: 'string', format: 'uri' },
              { type: 'string', enum: ['x'] },
            ],
          },
        }),
      ),
      { a: { type: 'string' } },
    ],
    [
      'choices of what is required',
      body(
        members(
          { a: { type: 'string' }, b: { type: 'string' } },
          { anyOf: [{ required: ['a'] }, { required: ['b'] }] },
        ),
      ),
      { a: { type: 'string' }, b: { type: 'string' } },
    ],
    [
      'objects that must all hold',
      body({
        allOf: [{ $ref: '#/components/schemas/Named' }, members({ size: { type: 'number' } })],
        description: 'x',
      }),
      { name: { type: 'string' }, size: { type: 'number' } },
    ],
    [
      'a member that two parts describe',
      body({ allOf: [members({ n: { type: 'number' } }), members({ n: { type: 'integer', maximum: 5 } })] }),
      { n: { type: 'integer', maximum: 5 } },
    ],
    [
      'a map',
      body(members({ a: { type: 'object', additionalProperties: { type: 'string' } } })),
      { a: { type: 'object', additionalProperties: { type: 'string' } } },
    ],
    ['any value', body(members({ a: {}, b: true })), { a: {}, b: {} }],
    [
      'a type that contains itself',
      body({ $ref: '#/components/schemas/Tree' }),
      {
        label: { type: 'string' },
        children: {
          type: 'array',
          items: members({ label: { type: 'string' }, children: { type: 'array', items: { type: 'object' } } }),
        },
      },
    ],
    [
      'members of answers only',
      body(members({ id2: { $ref: '#/components/schemas/Id' }, a: {} }, { required: ['id2', 'a'] })),
      { a: {} },
    ],
    [
      'a parameter behind two references',
      { parameters: [{ $ref: '#/components/parameters/Alias' }] },
      { page: { type: 'integer' } },
    ],
    [
      'a body behind a reference',
      { requestBody: { $ref: '#/components/requestBodies/Named' } },
      { name: { type: 'string' } },
    ],
    [
      'a name with escapes',
      body(members({ a: { $ref: '#/components/schemas/a~1b~0c%25' } })),
      { a: { type: 'boolean' } },
    ],
    [
      'a list in the query',
      parameter({ schema: { type: 'array', items: { type: 'string' } } }),
      { p: { type: 'array', items: { type: 'string' } } },
    ],
    ['a form', body(Named, 'application/x-www-form-urlencoded'), { name: { type: 'string' } }],
    [
      'a body of several types',
      { requestBody: { content: { 'text/csv': {}, 'application/json': { schema: Named } } } },
      { name: { type: 'string' } },
    ],
    [
      'an example that looks like a reference',
      body(members({ a: { type: 'string', example: { $ref: 'x.yaml#/y' }, default: 'd' } })),
      { a: { type: 'string', default: 'd' } },
    ],
  ])('are what is deployed: %s', (_, operation, expected) => {
    const document = readOne(operation, { components });
    expect(document.findings).toEqual([]);
    expect(argumentsOf(document)).toEqual(expected);
    const text = JSON.stringify((deployed(document)['paths'] as JsonObject)['/a/{id}']);
    expect(text).not.toMatch(/\$ref|oneOf|anyOf|allOf/);
  });

  it('come from a path behind a reference, and from one that is shared', () => {
    const document = read({
      paths: { '/a': { $ref: '#/components/pathItems/A' }, '/b': { $ref: '#/components/pathItems/A' } },
      components: { pathItems: { A: { parameters: [{ name: 'p', in: 'query' }], get: {} } } },
    });
    expect(document.tools).toMatchObject([
      { name: 'get_a', inputSchema: { properties: { p: {} } } },
      { name: 'get_b', inputSchema: { properties: { p: {} } } },
    ]);
    expect(deployed(document)['paths']).toMatchObject({ '/a': { get: { operationId: 'get_a' } }, '/b': { get: {} } });
  });

  // Covers interceptor.headers
  it('are never credentials or headers of the connection', () => {
    const names = ['Authorization', 'X-API-Key', 'Cookie', 'Accept', 'X-Amz-Security-Token', 'X-Region'];
    const parameters = [
      ...names.map((name) => ({ name, in: 'header', required: true, schema: { type: 'string' } })),
      ...['api_key', 'apiName'].map((name) => ({ name, in: 'query', schema: { type: 'string' } })),
      { name: 'session', in: 'cookie', schema: { type: 'string' } },
    ];
    const document = readOne({ parameters });
    expect(Object.keys(argumentsOf(document))).toEqual(['X-Region', 'apiName']);
    expect(JSON.stringify(deployed(document))).not.toMatch(/Authorization|Key|Cookie|Token|Accept|session|api_key/);
    expect(document.findings.map(({ message }) => message)).toEqual([
      'parameter `Authorization` is no argument of `one`: an agent must not fill in credentials',
      'parameter `X-API-Key` is no argument of `one`: an agent must not fill in credentials',
      'parameter `Cookie` is no argument of `one`: the gateway sets it itself',
      'parameter `X-Amz-Security-Token` is no argument of `one`: an agent must not fill in credentials',
      'parameter `api_key` is no argument of `one`: an agent must not fill in credentials',
      'parameter `session` is no argument of `one`: the gateway sets it itself',
    ]);
  });
});

describe('the deployed document', () => {
  // Covers openapi.operations
  it('carries answers whose schemas the gateway takes, with what they refer to, and of others only that they exist', () => {
    const content = (schema: object) => ({ description: 'ok', content: { 'application/json': { schema } } });
    const responses = {
      200: content({ $ref: '#/components/schemas/Good' }),
      201: content({ $ref: '#/components/schemas/Bad' }),
      202: content({ type: 'array', items: { oneOf: [{}, {}] } }),
      404: { $ref: '#/components/responses/Gone' },
    };
    const schemas = {
      Good: members({ next: { $ref: '#/components/schemas/Good' }, part: { $ref: '#/components/schemas/Part' } }),
      Part: { type: 'string' },
      Bad: members({ self: { $ref: '#/components/schemas/Bad' }, choice: { $ref: '#/components/schemas/Choice' } }),
      Choice: { oneOf: [{ type: 'string' }, { type: 'number' }] },
      Unused: { type: 'string' },
    };
    const more = { callbacks: { done: {} }, security: [{ key: [] }], 'x-internal': true };
    const document = readOne(
      { responses, ...more },
      {
        components: { schemas, responses: { Gone: { description: 'gone' } }, securitySchemes: { key: {} } },
        webhooks: {},
      },
    );
    const { components, paths, ...rest } = deployed(document);
    expect(rest).toEqual(HEAD);
    expect(components).toEqual({ schemas: { Good: schemas.Good, Part: schemas.Part } });
    const { post } = (paths as { '/a/{id}': { post: JsonObject } })['/a/{id}'];
    expect(Object.keys(post)).toEqual(['operationId', 'parameters', 'responses']);
    expect(post['responses']).toEqual({
      200: responses[200],
      201: { description: 'ok', content: { 'application/json': {} } },
      202: { description: 'ok', content: { 'application/json': {} } },
      404: { description: 'gone' },
    });
  });

  it('is no larger than the service takes', () => {
    const document = readOne({ description: 'x'.repeat(11_000_000) });
    expect(diagnosticsOf(() => document.deployed(() => [])).map(({ code }) => code)).toEqual([
      'TARGET_DOCUMENT_TOO_LARGE',
    ]);
  });
});

describe('operations', () => {
  const paths = {
    '/pets': { get: { operationId: 'listPets', tags: ['read'] }, post: { tags: ['write'] } },
    '/pets/{id}': { delete: { parameters: [{ name: 'id', in: 'path' }], tags: ['write', 'admin'] } },
    '/petshops': { get: {} },
  };
  const names = (options: OpenApiToolsOptions) => read({ paths }, options).tools.map(({ name }) => name);

  it('without an id are named by method and path, whatever else is in the document', () => {
    expect(names({})).toEqual(['listPets', 'post_pets', 'delete_pets_id', 'get_petshops']);
    const clash = { '/a/b': { get: {} }, '/a-b': { get: {} }, [`/${'long/'.repeat(20)}`]: { get: {} } };
    const found = read({ paths: clash }).tools.map(({ name }) => name);
    expect(found).toEqual([
      'get_a_b_840b7118',
      'get_a_b_3c8680cc',
      expect.stringMatching(/^get_long_.*[a-z]_[0-9a-f]{8}$/),
    ]);
    expect(new Set(found).size).toBe(3);
  });

  it.each<[OpenApiToolsOptions, string[]]>([
    [{ include: [{ paths: ['/pets'] }] }, ['listPets', 'post_pets']],
    [{ include: [{ paths: ['/pets/*'] }] }, ['delete_pets_id']],
    [{ include: [{ methods: ['GET'] }] }, ['listPets', 'get_petshops']],
    [{ include: [{ tags: ['read', 'admin'] }] }, ['listPets', 'delete_pets_id']],
    [{ include: [{ operationIds: ['listPets', 'get_petshops'] }] }, ['listPets', 'get_petshops']],
    [{ include: [{ paths: ['/pets'], methods: ['POST'] }, { tags: ['admin'] }] }, ['post_pets', 'delete_pets_id']],
    [{ exclude: [{ tags: ['write'] }] }, ['listPets', 'get_petshops']],
    [{ include: [{ paths: ['/pets'] }], exclude: [{ methods: ['POST'] }] }, ['listPets']],
  ])('are selected by %j', (options, expected) => {
    expect(names(options)).toEqual(expected);
  });

  it.each<[OpenApiToolsOptions, string, string]>([
    [{ include: [{ operationIds: ['listPet'] }] }, 'has the operation `listPet`', 'did you mean `listPets`?'],
    [{ include: [{ paths: ['/pet'] }] }, 'has the path `/pet`', 'did you mean `/pets`?'],
    [{ exclude: [{ methods: ['get'] }] }, 'has the method `get`', 'did you mean `GET`?'],
    [{ exclude: [{ tags: ['x'] }] }, 'has the tag `x`', 'use a tag of the document'],
    [
      { include: [{ tags: ['admin'], methods: ['GET'] }] },
      'has all that filter `{"tags":["admin"],"methods":["GET"]}` asks for',
      'give what may be true of different operations as different filters',
    ],
  ])('are not selected by a mistake: %j', (options, message, help) => {
    const { findings } = read({ paths }, options);
    expect(findings).toMatchObject([{ severity: 'error', message: expect.stringContaining(message), help }]);
  });

  it('that nobody wants need not be right', () => {
    const broken = { get: { operationId: 'bad', parameters: [{ $ref: '#/nowhere' }, { $ref: 'x.yaml' }] } };
    const document = read({ paths: { ...paths, '/bad': broken } }, { exclude: [{ operationIds: ['bad'] }] });
    expect(document.findings).toEqual([]);
  });

  it('in other files are one error that says how to bundle them', () => {
    const { findings } = read({
      paths: {
        '/a': { $ref: 'a.yaml' },
        '/b': { get: { $ref: 'b.yaml#/get' }, post: { requestBody: { $ref: 'a.yaml#/x' } } },
      },
    });
    expect(findings).toMatchObject([
      {
        code: 'TARGET_OPENAPI_OTHER_FILES',
        message: expect.stringMatching(/refers to other documents: `a.yaml`, `b.yaml`$/),
      },
    ]);
  });
});

describe('the server', () => {
  const variables = (more: object) => [{ url: 'https://{tenant}.example.com/v1', variables: { tenant: more } }];

  it.each<[string, object[], string]>([
    ['as it is', [{ url: 'https://api.example.com/v1' }, { url: 'http://x' }], 'https://api.example.com/v1'],
    [
      'with a variable of few values, pinned',
      variables({ default: 'b', enum: ['a', 'b'] }),
      'https://b.example.com/v1',
    ],
  ])('is the first one: %s', (_, servers, url) => {
    const document = read({ servers, paths: { '/a': { get: {} } } });
    expect(document.findings).toEqual([]);
    expect([document.server, deployed(document)['servers']]).toEqual([url, [{ url }]]);
  });

  // Covers openapi.servers
  it.each<[string, object[], string]>([
    ['none', [], 'TARGET_OPENAPI_SERVER'],
    ['a path', [{ url: '/v1' }], 'TARGET_OPENAPI_SERVER'],
    ['HTTP', [{ url: 'http://api.example.com' }], 'TARGET_OPENAPI_SERVER'],
    ['an address of this machine', [{ url: 'https://127.0.0.1/' }], 'TARGET_OPENAPI_SERVER'],
    ['an address in a network', [{ url: 'https://[fd00::1]/' }], 'TARGET_OPENAPI_SERVER'],
    ['the metadata service', [{ url: 'https://169.254.169.254/' }], 'TARGET_OPENAPI_SERVER'],
    ['a query', [{ url: 'https://api.example.com/?a=b' }], 'TARGET_OPENAPI_SERVER'],
    ['an open host', variables({ default: 'a' }), 'TARGET_OPENAPI_SERVER_VARIABLE'],
    ['a default outside', variables({ default: 'c', enum: ['a', 'b'] }), 'TARGET_OPENAPI_SERVER_VARIABLE'],
    ['an undeclared variable', [{ url: 'https://{x}/' }], 'TARGET_OPENAPI_SERVER_VARIABLE'],
  ])('must be one that nobody can bend: %s', (_, servers, code) => {
    expect(read({ servers, paths: {} }).findings.map((finding) => finding.code)).toEqual([code]);
    const given = read({ servers, paths: {} }, { server: 'https://good.example.com' });
    expect([given.findings, given.server]).toEqual([[], 'https://good.example.com']);
  });
});
