import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { HttpRequest } from '../../lib/contract/http-request';
import type { Emulator } from '../../lib/emulator';
import { type BareServer, bareServer } from './bare-server';
import { answerOf, call, claimsApp, FixtureApp, policy, tool } from './fixture';

const ANYONE = `permit(principal is AgentCore::OAuthUser, action in [AgentCore::Action::"Api", AgentCore::Action::"Rest", AgentCore::Action::"Remote", AgentCore::Action::"Gone"], resource == ?resource) when { principal has id };`;

const LIST = { type: 'array', items: { type: 'string' } } as const;

const FILTER = {
  type: 'object',
  properties: { city: { type: 'object', properties: { in: LIST } }, open: { type: 'boolean' } },
} as const;

const ID = { name: 'id', in: 'path' } as const;

const REQUESTS: { readonly [tool: string]: HttpRequest } = {
  update: {
    method: 'PUT',
    path: '/claims/{id}',
    parameters: [ID, { name: 'tags', in: 'query' }, { name: 'x-region', in: 'header' }],
    body: { mediaType: 'application/json', from: 'members' },
  },
  fail: { method: 'GET', path: '/claims/{id}', parameters: [ID] },
  replace: {
    method: 'PUT',
    path: '/claims/{id}',
    parameters: [ID],
    body: { mediaType: 'application/json', from: 'argument' },
  },
  search: {
    method: 'POST',
    path: '/search',
    parameters: [],
    body: { mediaType: 'application/x-www-form-urlencoded', from: 'members', bracketed: ['filter'] },
  },
  attach: {
    method: 'POST',
    path: '/attach',
    parameters: [],
    body: { mediaType: 'multipart/form-data', from: 'members' },
  },
  export: { method: 'POST', path: '/export', parameters: [], body: { mediaType: 'application/xml', from: 'members' } },
};

const app = new FixtureApp();
let emulator: Emulator;
const printed: string[] = [];
let api: Server;
let remote: BareServer;

async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

beforeAll(async () => {
  api = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => {
      body += chunk;
    });
    request.on('end', () => {
      response.statusCode = request.method === 'GET' ? 404 : 200;
      const { 'content-type': type, authorization, cookie, 'x-region': region, 'x-trace': trace } = request.headers;
      response.end(
        JSON.stringify({ method: request.method, url: request.url, type, body, authorization, cookie, region, trace }),
      );
    });
  });
  remote = await bareServer('greet', ({ id }) => `hello ${id}`);
  const apiUrl = await listen(api);
  const manifest = claimsApp(app, {
    targets: [
      {
        name: 'Api',
        kind: 'openapi',
        endpoint: `${apiUrl}/v1`,
        requests: REQUESTS,
        allowedRequestHeaders: ['X-Trace'],
        tools: [
          tool('update', {
            id: { type: 'string' },
            tags: LIST,
            'x-region': { type: 'string' },
            amount: { type: 'integer' },
          }),
          tool('fail', { id: { type: 'string' } }),
          tool('replace', { id: { type: 'string' }, body: { type: 'array', items: { type: 'string' } } }),
          tool('search', { id: { type: 'string' }, tags: LIST, filter: FILTER }),
          tool('attach', {
            id: { type: 'string' },
            tags: LIST,
            about: { type: 'object', properties: { size: { type: 'integer' } } },
          }),
          tool('export', { id: { type: 'string' } }),
        ],
      },
      {
        name: 'Rest',
        kind: 'api-gateway',
        endpoint: apiUrl,
        requests: { update: REQUESTS['update'] as HttpRequest },
        tools: [tool('update', { id: { type: 'string' }, amount: { type: 'integer' } })],
      },
      {
        name: 'Remote',
        kind: 'mcp-server',
        endpoint: remote.url,
        tools: [tool('greet', { id: { type: 'string' } })],
      },
      { name: 'Gone', kind: 'mcp-server', endpoint: { 'Fn::GetAtt': ['Api', 'Url'] }, tools: [tool('greet')] },
    ],
    policies: [policy('anyone', ANYONE)],
    interceptors: {
      request: app.bundle(
        'request',
        `export const handler = async (event) => ({
           interceptorOutputVersion: '1.0',
           mcp: { transformedGatewayRequest: {
             headers: { Authorization: 'Bearer exchanged', 'X-Trace': 'from-interceptor', 'X-Other': 'no' },
             body: event.mcp.gatewayRequest.body,
           } },
         });`,
      ),
    },
  });
  emulator = await app.start(manifest, { print: (line) => printed.push(line) });
});

afterAll(async () => {
  await emulator.stop();
  api.close();
  remote.stop();
  app.remove();
});

describe('an OpenAPI target', () => {
  // Covers target.result, assumed.target-credentials
  it('is called by path, query, header and body, with the headers that pass', async () => {
    const input = { id: 'a/b', tags: ['x', 'y'], 'x-region': 'EU\r\nevil: 1', amount: 5 };
    expect(answerOf(await call(emulator, 'rita', 'Api___update', input))).toEqual({
      method: 'PUT',
      url: '/v1/claims/a%2Fb?tags=x&tags=y',
      type: 'application/json',
      body: '{"amount":5}',
      authorization: 'Bearer exchanged',
      region: 'EU%0D%0Aevil: 1',
      trace: 'from-interceptor',
    });
  });

  // Covers assumed.openapi-arguments
  it('is sent a body that is no object as it is', async () => {
    const sent = answerOf(await call(emulator, 'rita', 'Api___replace', { id: '1', body: ['a', 'b'] }));
    expect(sent).toMatchObject({ type: 'application/json', body: '["a","b"]' });
  });

  // Covers target.forms
  it('is sent forms: a list as several fields, an object as JSON or by bracketed names', async () => {
    const input = { id: 'a&b', tags: ['x', 'ü'], filter: { city: { in: ['Köln'] }, open: true } };
    const { type, body } = answerOf(await call(emulator, 'rita', 'Api___search', input)) as {
      type: string;
      body: string;
    };
    expect(type).toBe('application/x-www-form-urlencoded');
    expect([...new URLSearchParams(body)]).toEqual([
      ['id', 'a&b'],
      ['tags', 'x'],
      ['tags', 'ü'],
      ['filter[city][in][0]', 'Köln'],
      ['filter[open]', 'true'],
    ]);
    const attached = answerOf(
      await call(emulator, 'rita', 'Api___attach', { id: '1', tags: ['x', 'y'], about: { size: 5 } }),
    ) as { type: string; body: string };
    const form = await new Response(attached.body, { headers: { 'content-type': attached.type } }).formData();
    expect([...form]).toEqual([
      ['id', '1'],
      ['tags', 'x'],
      ['tags', 'y'],
      ['about', '{"size":5}'],
    ]);
  });

  it('with a body of XML is a failed tool, and the emulator says what to do', async () => {
    expect((await call(emulator, 'rita', 'Api___export', { id: '1' })).result.isError).toBe(true);
    expect(printed.join('\n')).toContain(
      'the emulator writes no body of type application/xml: call this tool on a deployed gateway',
    );
  });

  it('whose API fails is a failed tool', async () => {
    const body = await call(emulator, 'rita', 'Api___fail', { id: '1' });
    expect(body.result).toEqual({
      content: [{ type: 'text', text: 'An internal error occurred. Please retry later.' }],
      isError: true,
    });
  });
});

describe('an API Gateway target', () => {
  it('is called as an OpenAPI target is, at the URL that stands in for its stage', async () => {
    const sent = answerOf(await call(emulator, 'rita', 'Rest___update', { id: '1', amount: 5 }));
    expect(sent).toMatchObject({ method: 'PUT', url: '/claims/1', body: '{"amount":5}' });
  });
});

describe('an MCP server target', () => {
  it('is called by the official client, and its result passes through', async () => {
    const body = await call(emulator, 'rita', 'Remote___greet', { id: 'rita' });
    expect(body.result.content).toEqual([{ type: 'text', text: '"hello rita"' }]);
  });

  it('without an address that is known here is a failed tool', async () => {
    expect((await call(emulator, 'rita', 'Gone___greet')).result.isError).toBe(true);
  });
});
