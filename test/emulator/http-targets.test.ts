import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Emulator } from '../../lib/emulator';
import { type BareServer, bareServer } from './bare-server';
import { answerOf, call, claimsApp, FixtureApp, policy, tool } from './fixture';

const ANYONE = `permit(principal is AgentCore::OAuthUser, action in [AgentCore::Action::"Api", AgentCore::Action::"Remote", AgentCore::Action::"Gone"], resource == ?resource) when { principal has id };`;

const DOCUMENT = {
  openapi: '3.0.3',
  paths: {
    '/claims/{id}': {
      parameters: [{ $ref: '#/components/parameters/Id' }],
      put: {
        operationId: 'update',
        parameters: [
          { name: 'tags', in: 'query', schema: { type: 'array' } },
          { name: 'x-region', in: 'header', schema: { type: 'string' } },
        ],
        requestBody: { content: { 'application/json': { schema: { $ref: '#/components/schemas/Claim' } } } },
      },
      get: { operationId: 'fail' },
    },
  },
  components: {
    parameters: { Id: { name: 'id', in: 'path', required: true, schema: { type: 'string' } } },
    schemas: { Claim: { type: 'object', properties: { amount: { type: 'integer' } } } },
  },
};

const app = new FixtureApp();
let emulator: Emulator;
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
      const { authorization, cookie, 'x-region': region, 'x-trace': trace } = request.headers;
      response.end(
        JSON.stringify({ method: request.method, url: request.url, body, authorization, cookie, region, trace }),
      );
    });
  });
  remote = await bareServer('greet', ({ id }) => `hello ${id}`);
  const apiUrl = await listen(api);
  app.write('api.json', JSON.stringify(DOCUMENT));
  const manifest = claimsApp(app, {
    targets: [
      {
        name: 'Api',
        kind: 'openapi',
        endpoint: `${apiUrl}/v1`,
        document: 'api.json',
        allowedRequestHeaders: ['X-Trace'],
        tools: [
          tool('update', {
            id: { type: 'string' },
            tags: { type: 'array', items: { type: 'string' } },
            'x-region': { type: 'string' },
            amount: { type: 'integer' },
          }),
          tool('fail', { id: { type: 'string' } }),
        ],
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
  emulator = await app.start(manifest);
});

afterAll(async () => {
  await emulator.stop();
  api.close();
  remote.stop();
  app.remove();
});

describe('an OpenAPI target', () => {
  it('is called by path, query, header and body, with the headers that pass', async () => {
    const input = { id: 'a/b', tags: ['x', 'y'], 'x-region': 'EU\r\nevil: 1', amount: 5 };
    expect(answerOf(await call(emulator, 'rita', 'Api___update', input))).toEqual({
      method: 'PUT',
      url: '/v1/claims/a%2Fb?tags=x&tags=y',
      body: '{"amount":5}',
      authorization: 'Bearer exchanged',
      region: 'EU%0D%0Aevil: 1',
      trace: 'from-interceptor',
    });
  });

  it('whose API fails is a failed tool', async () => {
    const body = await call(emulator, 'rita', 'Api___fail', { id: '1' });
    expect(body.result).toEqual({
      content: [{ type: 'text', text: 'An internal error occurred. Please retry later.' }],
      isError: true,
    });
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
