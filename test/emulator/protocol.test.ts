import { request } from 'node:http';
import { connect } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import type { GatewayManifest } from '../../lib/contract/manifest';
import type { Emulator, EmulatorOptions } from '../../lib/emulator';
import { call, claimsApp, FixtureApp, type HttpAnswer, post } from './fixture';

let app: FixtureApp;
let emulator: Emulator;
let token: string;

async function start(gateway: Partial<GatewayManifest['gateway']> = {}, options: EmulatorOptions = {}): Promise<void> {
  app = new FixtureApp();
  const manifest = claimsApp(app);
  emulator = await app.start({ ...manifest, gateway: { ...manifest.gateway, ...gateway } }, options);
  token = await emulator.token('rita');
}

afterEach(async () => {
  await emulator.stop();
  app.remove();
});

const send = (method: string, params?: object, headers = {}): Promise<HttpAnswer> =>
  post(emulator, method, params, { authorization: `Bearer ${token}`, ...headers });

async function raw(body: string, headers: Record<string, string> = {}): Promise<Response> {
  return await fetch(emulator.mcpUrl, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}`, ...headers },
    body,
  });
}

describe('a message', () => {
  // Covers assumed.batches
  it.each([
    ['no JSON', '{"jsonrpc":', -32700],
    ['a batch', '[{"jsonrpc":"2.0","id":1,"method":"ping"}]', -32600],
    ['text', '"ping"', -32600],
    ['null', 'null', -32600],
    ['without version', '{"id":1,"method":"ping"}', -32600],
    ['without method', '{"jsonrpc":"2.0","id":1}', -32600],
    ['with an object as id', '{"jsonrpc":"2.0","id":{},"method":"ping"}', -32600],
    ['with a list as params', '{"jsonrpc":"2.0","id":1,"method":"ping","params":[]}', -32600],
    ['with an id that was rounded', '{"jsonrpc":"2.0","id":9007199254740993,"method":"ping"}', -32600],
    ['with an id beyond all numbers', '{"jsonrpc":"2.0","id":1e400,"method":"ping"}', -32600],
    [
      'too deep',
      `{"jsonrpc":"2.0","id":1,"method":"ping","params":{"a":${'['.repeat(5_000)}${']'.repeat(5_000)}}}`,
      -32600,
    ],
  ])('that is %s is refused', async (_, body, code) => {
    await start();
    const response = await raw(body);
    expect([response.status, ((await response.json()) as { error: { code: number } }).error.code]).toEqual([400, code]);
  });

  it('without id is accepted and has no answer', async () => {
    await start();
    const response = await raw('{"jsonrpc":"2.0","method":"notifications/initialized"}');
    expect([response.status, await response.text()]).toEqual([202, '']);
    const notified = await raw(
      '{"jsonrpc":"2.0","method":"tools/call","params":{"name":"Claims___query","arguments":{"id":"1"}}}',
    );
    expect(notified.status).toBe(202);
  });

  // Covers assumed.codes
  it('with an unknown method or prompt is told so', async () => {
    await start();
    expect((await send('no/such')).body.error.code).toBe(-32601);
    expect((await send('constructor')).body.error.code).toBe(-32601);
    expect((await send('prompts/get', { name: 'x' })).body.error.code).toBe(-32602);
    expect((await send('prompts/list')).body.result).toEqual({ prompts: [] });
    expect((await send('tools/call', { arguments: {} })).body.error.code).toBe(-32602);
    expect((await send('tools/call', { name: 'Claims___query', arguments: [] })).body.error.code).toBe(-32602);
  });

  it('needs the media types of MCP', async () => {
    await start();
    expect((await raw('{}', { 'content-type': 'text/plain' })).status).toBe(415);
    expect((await raw('{}', { accept: 'image/png' })).status).toBe(406);
  });
});

describe('the stateless revision', () => {
  const META = {
    'io.modelcontextprotocol/protocolVersion': '2026-07-28',
    'io.modelcontextprotocol/clientCapabilities': {},
  };
  const HEADERS = { 'mcp-protocol-version': '2026-07-28', 'mcp-method': 'tools/call', 'mcp-name': 'Claims___query' };
  const PARAMS = { name: 'Claims___query', arguments: { id: '1' }, _meta: META };

  // Covers assumed.stateless-results
  it('answers with a result type', async () => {
    await start();
    const { body } = await send('tools/call', PARAMS, HEADERS);
    expect(body.result).toMatchObject({ resultType: 'complete', isError: false });
    const discovered = await send('server/discover', { _meta: META }, { ...HEADERS, 'mcp-method': 'server/discover' });
    expect(discovered.body.result).toMatchObject({
      resultType: 'complete',
      ttlMs: 0,
      cacheScope: 'private',
      supportedVersions: ['2026-07-28', '2025-11-25', '2025-06-18', '2025-03-26'],
    });
  });

  it.each([
    ['no _meta', { ...PARAMS, _meta: undefined }, HEADERS, -32602],
    [
      'no capabilities',
      { ...PARAMS, _meta: { 'io.modelcontextprotocol/protocolVersion': '2026-07-28' } },
      HEADERS,
      -32602,
    ],
    ['another version in the header', PARAMS, { ...HEADERS, 'mcp-protocol-version': '2025-11-25' }, -32020],
    [
      'another version in the body',
      { ...PARAMS, _meta: { ...META, 'io.modelcontextprotocol/protocolVersion': '2025-11-25' } },
      HEADERS,
      -32020,
    ],
    ['another method in the header', PARAMS, { ...HEADERS, 'mcp-method': 'tools/list' }, -32020],
    ['another name in the header', PARAMS, { ...HEADERS, 'mcp-name': 'Claims___purge' }, -32020],
    [
      'a version that does not exist',
      { ...PARAMS, _meta: { ...META, 'io.modelcontextprotocol/protocolVersion': '2027-01-01' } },
      HEADERS,
      -32022,
    ],
  ])('refuses %s', async (_, params, headers, code) => {
    await start();
    const { status, body } = await send('tools/call', params, headers);
    expect([status, body.error.code]).toEqual([400, code]);
    expect(body.id).not.toBeNull();
  });

  it('is not begun with initialize, which is told without offering it', async () => {
    await start();
    const { body } = await send('initialize', { protocolVersion: '2026-07-28', capabilities: {} });
    expect(body.error).toMatchObject({
      code: -32022,
      data: { requested: '2026-07-28', supported: ['2025-11-25', '2025-06-18', '2025-03-26'] },
    });
  });

  it('takes names outside ASCII in their encoding', async () => {
    await start();
    const name = 'Claims___größe';
    const encoded = `=?base64?${Buffer.from(name).toString('base64')}?=`;
    const { body } = await send('tools/call', { ...PARAMS, name }, { ...HEADERS, 'mcp-name': encoded });
    expect(body.error.message).toBe('Unknown tool: Claims___größe');
  });

  it('has no initialize', async () => {
    await start();
    const { status, body } = await send('initialize', { _meta: META }, { ...HEADERS, 'mcp-method': 'initialize' });
    expect([status, body.error.code]).toEqual([404, -32601]);
  });
});

describe('versions that the gateway was not made with', () => {
  // Covers assumed.protocol-version
  it('are refused with the text that the service uses', async () => {
    await start({ protocolVersions: ['2025-11-25'] });
    const { status, body } = await send('ping', undefined, { 'mcp-protocol-version': '2025-03-26' });
    expect([status, body.error.message]).toEqual([400, 'Unsupported MCP protocol version: 2025-03-26']);
    expect(
      (await send('initialize', { protocolVersion: '2024-11-05' }, { 'mcp-protocol-version': '2025-11-25' })).body.error
        .message,
    ).toBe('Unsupported MCP protocol version: 2024-11-05');
  });

  it('count a missing header as the version of clients that send none', async () => {
    await start({ protocolVersions: ['2025-11-25'] });
    expect((await raw('{"jsonrpc":"2.0","id":1,"method":"ping"}')).status).toBe(400);
    await emulator.stop();
    app.remove();
    await start();
    expect((await raw('{"jsonrpc":"2.0","id":1,"method":"ping"}')).status).toBe(200);
  });
});

describe('sessions', () => {
  // Covers gateway.sessions
  it("are needed, belong to their caller, end by themselves and by the client's wish", async () => {
    let now = new Date('2026-03-01T10:00:00Z');
    await start({ sessionTimeoutSeconds: 900 }, { clock: () => now });
    const opened = await send('initialize', {
      protocolVersion: '2025-06-18',
      capabilities: {},
      clientInfo: { name: 'x', version: '1' },
    });
    const session = opened.headers.get('mcp-session-id') ?? '';
    const ping = async (headers = {}): Promise<number> => (await send('ping', undefined, headers)).status;
    expect(await ping()).toBe(400);
    expect(await ping({ 'mcp-session-id': session })).toBe(200);
    expect(await ping({ 'mcp-session-id': 'made-up' })).toBe(404);
    expect(await ping({ 'mcp-session-id': session, authorization: `Bearer ${await emulator.token('walt')}` })).toBe(
      404,
    );
    const end = (headers: Record<string, string>): Promise<Response> =>
      fetch(emulator.mcpUrl, { method: 'DELETE', headers });
    expect((await end({ 'mcp-session-id': session })).status).toBe(401);
    now = new Date('2026-03-01T10:14:59Z');
    expect(await ping({ 'mcp-session-id': session })).toBe(200);
    now = new Date('2026-03-01T10:15:00Z');
    expect(await ping({ 'mcp-session-id': session })).toBe(404);
    const second = (await send('initialize', { protocolVersion: '2025-06-18' })).headers.get('mcp-session-id') ?? '';
    expect((await end({ 'mcp-session-id': second, authorization: `Bearer ${token}` })).status).toBe(204);
    expect(await ping({ 'mcp-session-id': second })).toBe(404);
  });
});

describe('streams', () => {
  // Covers gateway.streaming
  it('answer as one event when the gateway streams and the client asks', async () => {
    await start({ responseStreaming: true });
    const body = '{"jsonrpc":"2.0","id":1,"method":"ping"}';
    const streamed = await raw(body, { accept: 'application/json, text/event-stream' });
    expect([streamed.headers.get('content-type'), await streamed.text()]).toEqual([
      'text/event-stream',
      'event: message\ndata: {"jsonrpc":"2.0","id":1,"result":{}}\n\n',
    ]);
    expect((await raw(body, { accept: 'application/json' })).headers.get('content-type')).toBe('application/json');
  });
});

/** A request whose headers no browser or fetch would let a page set. */
function from(headers: Record<string, string>, method = 'POST', path = '/mcp'): Promise<number> {
  return new Promise((resolve, reject) => {
    const { port } = new URL(emulator.url);
    const sent = request(
      { host: '127.0.0.1', port, method, path, headers: { 'content-type': 'application/json', ...headers } },
      (response) => {
        response.resume();
        resolve(response.statusCode ?? 0);
      },
    );
    sent.on('error', reject);
    sent.end('{}');
  });
}

describe('the address', () => {
  it('is reached under names of this machine alone', async () => {
    await start();
    const { host, port } = new URL(emulator.url);
    expect(await from({ host: 'evil.example' })).toBe(403);
    expect(await from({ host: `evil.example:${port}` })).toBe(403);
    expect(await from({ host, origin: 'https://evil.example' })).toBe(403);
    expect(await from({ host, origin: 'null' })).toBe(403);
    expect(await from({ host, origin: 'http://localhost.evil.example' })).toBe(403);
    expect(await from({ host, origin: 'http://localhost:6274' })).toBe(401);
    expect(await from({ host: `localhost:${port}` })).toBe(401);
    expect(await from({ host: 'evil.example' }, 'GET', '/emulator/state')).toBe(403);
  });

  it('has the endpoints of a gateway and no others', async () => {
    await start();
    const get = await fetch(emulator.mcpUrl);
    expect([get.status, get.headers.get('allow')]).toEqual([405, 'POST, DELETE']);
    expect((await fetch(`${emulator.url}/nothing`)).status).toBe(404);
    const preflight = await fetch(emulator.mcpUrl, { method: 'OPTIONS', headers: { origin: 'http://localhost:6274' } });
    expect([preflight.status, preflight.headers.get('access-control-allow-origin')]).toEqual([
      204,
      'http://localhost:6274',
    ]);
  });

  it('may be taken, which is told', async () => {
    await start();
    const port = Number(new URL(emulator.url).port);
    await expect(app.start(claimsApp(app), { port })).rejects.toThrow(`port ${port}`);
  });
});

describe('a client', () => {
  // Covers assumed.message-size
  it('that sends 10 MB is refused, announced or not', async () => {
    await start();
    const big = JSON.stringify({
      jsonrpc: '2.0',
      id: 1,
      method: 'ping',
      params: { text: 'x'.repeat(10 * 1024 * 1024) },
    });
    expect((await raw(big)).status).toBe(413);
    const stream = new ReadableStream({
      start(controller) {
        for (let index = 0; index < 10; index += 1) controller.enqueue(new Uint8Array(1024 * 1024));
        controller.close();
      },
    });
    const sent = fetch(emulator.mcpUrl, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: stream,
      duplex: 'half',
    } as RequestInit);
    expect((await sent).status).toBe(413);
    expect((await call(emulator, 'rita', 'Claims___query', { id: '1' })).result.isError).toBe(false);
  });

  it('that sends 10 MB before it reads finds its answer, and no broken connection', async () => {
    await start();
    const port = Number(new URL(emulator.url).port);
    const head = `POST /mcp HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nContent-Type: application/json\r\nContent-Length: ${10 * 1024 * 1024}\r\n\r\n`;
    const answer = await new Promise<string>((resolve, reject) => {
      let text = '';
      const socket = connect(port, '127.0.0.1');
      socket.on('data', (chunk) => {
        text += chunk.toString('utf8');
      });
      socket.on('error', reject);
      socket.on('close', () => resolve(text));
      socket.write(head);
      const send = (megabytes: number): void => {
        if (megabytes === 0) socket.end();
        else socket.write(Buffer.alloc(1024 * 1024, 32), () => setImmediate(send, megabytes - 1));
      };
      send(10);
    });
    expect(answer).toContain('HTTP/1.1 413');
  });

  it('that sends half a request, nonsense, or goes away does no harm', async () => {
    await start();
    const port = Number(new URL(emulator.url).port);
    const send = (text: string): Promise<void> =>
      new Promise((resolve) => {
        const socket = connect(port, '127.0.0.1', () => {
          socket.write(text);
          setTimeout(() => socket.destroy(), 20);
        });
        socket.on('close', () => resolve());
        socket.on('error', () => undefined);
      });
    const head = `POST /mcp HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nContent-Type: application/json\r\nAuthorization: Bearer ${token}\r\n`;
    await Promise.all([
      send('POST /mcp HT'),
      send('\u0000\u0001\u0002\r\n\r\n'),
      send(`${head}Content-Length: 500\r\n\r\n{"jsonrpc"`),
      send(`${head}Content-Length: 40\r\n\r\n{"jsonrpc":"2.0","id":1,"method":"ping"}`),
      send('GET http://[bad HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n'),
    ]);
    expect((await call(emulator, 'rita', 'Claims___query', { id: '1' })).result.isError).toBe(false);
  });
});
