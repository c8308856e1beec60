import { describe, expect, it } from 'vitest';
import type { GatewayManifest } from '../../lib/contract/manifest';
import type { Emulator, EmulatorOptions } from '../../lib/emulator';
import { answerOf, call, claimsApp, FixtureApp, post, type RpcBody } from './fixture';
import { startClaimsApp } from './start-claims-app';

let emulator: Emulator;
const printed: string[] = [];

async function start(
  parts: (app: FixtureApp) => Partial<GatewayManifest>,
  options: EmulatorOptions = {},
): Promise<void> {
  printed.length = 0;
  emulator = await startClaimsApp(parts, { print: (line) => printed.push(line), ...options });
}

/** An interceptor whose answer is an expression over `event`, `request` (the body) and `response`. */
function answering(expression: string): string {
  return `export const handler = async (event) => {
    const request = event.mcp.gatewayRequest.body;
    const response = event.mcp.gatewayResponse;
    return ${expression};
  };`;
}

const out = (mcp: string): string => `({ interceptorOutputVersion: '1.0', mcp: ${mcp} })`;
const PASS_REQUEST = answering(out('{ transformedGatewayRequest: { body: request } }'));
const PASS_RESPONSE = answering(out('{ transformedGatewayResponse: { body: response.body } }'));
const query = (): Promise<RpcBody> => call(emulator, 'rita', 'Claims___query', { id: 'c-1' });
const RITA = [{ username: 'rita', groups: ['readers'], attributes: {} }];
const calls = (): number => printed.filter((line) => / target \d/.test(line)).length;

describe('the REQUEST interceptor', () => {
  // Covers interceptor.failure
  it('that ends, throws later or fills its memory in a call is told as a crash, and the next call is served', async () => {
    const bad = [
      'process.exit(3)',
      'setTimeout(() => { throw new Error("later"); }); await new Promise(() => {})',
      'const held = []; for (;;) held.push(new Array(1_000_000).fill(held.length))',
    ];
    for (const code of bad) {
      await start((app) => ({
        interceptors: {
          request: app.bundle(
            'r',
            `export const handler = async (event) => {
               const request = event.mcp.gatewayRequest.body;
               if (request.params.arguments.id === 'bad') { ${code}; }
               return ${out('{ transformedGatewayRequest: { body: request } }')};
             };`,
          ),
        },
      }));
      expect((await query()).error).toBeUndefined();
      expect((await call(emulator, 'rita', 'Claims___query', { id: 'bad' })).error.code).toBe(-32603);
      expect(printed.join('\n')).toContain('REQUEST interceptor failed: crash:');
      expect((await query()).error).toBeUndefined();
    }
  });

  it('may send messages of its own from its thread', async () => {
    await start((app) => ({
      interceptors: {
        request: app.bundle(
          'r',
          `const { parentPort } = require('node:worker_threads');
           const post = () => [null, 5, {}, { type: 'ready' }, { type: 7 }].forEach((each) => parentPort.postMessage(each));
           post();
           export const handler = async (event) => {
             post();
             return ${out('{ transformedGatewayRequest: { body: event.mcp.gatewayRequest.body } }')};
           };`,
        ),
      },
    }));
    expect((await query()).result.isError).toBe(false);
  });

  it('does not say how the answer is sent', async () => {
    const headers =
      '{ "Transfer-Encoding": "chunked", "Content-Encoding": "gzip", connection: "upgrade", "x-own": "yes" }';
    const answer = `{ headers: ${headers}, body: { jsonrpc: "2.0", id: request.id, result: { answered: true } } }`;
    await start((app) => ({
      interceptors: { request: app.bundle('r', answering(out(`{ transformedGatewayResponse: ${answer} }`))) },
    }));
    const answered = await post(emulator, 'ping', {}, { authorization: `Bearer ${await emulator.token('rita')}` });
    expect(answered.body.result).toEqual({ answered: true });
    expect(answered.headers.get('x-own')).toBe('yes');
  });

  // Covers interceptor.payload
  it('gets the raw text, the parsed body, and the headers', async () => {
    await start((app) => ({
      interceptors: {
        request: app.bundle(
          'r',
          answering(out('{ transformedGatewayResponse: { body: { jsonrpc: "2.0", id: request.id, result: event } } }')),
        ),
      },
    }));
    const token = await emulator.token('rita');
    const text =
      '{ "jsonrpc": "2.0", "id": 7,  "method": "tools/call", "params": { "name": "Claims___query", "arguments": { "id": "1" } } }';
    const response = await fetch(emulator.mcpUrl, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${token}`,
        'X-Custom': 'yes',
        'mcp-protocol-version': '2025-06-18',
      },
      body: text,
    });
    const { result } = (await response.json()) as {
      result: { interceptorInputVersion: string; mcp: Record<string, unknown> };
    };
    expect(result.interceptorInputVersion).toBe('1.0');
    expect(result.mcp).toEqual({
      rawGatewayRequest: { body: text },
      gatewayRequest: {
        path: '/mcp',
        httpMethod: 'POST',
        headers: expect.objectContaining({ authorization: `Bearer ${token}`, 'x-custom': 'yes' }),
        body: JSON.parse(text),
      },
    });
  });

  it('ends the call with its own answer, which the RESPONSE interceptor still sees', async () => {
    await start((app) => ({
      interceptors: {
        request: app.bundle(
          'r',
          answering(
            out(
              '{ transformedGatewayResponse: { statusCode: 200, body: { jsonrpc: "2.0", id: request.id, error: { code: -32002, message: "no" } } } }',
            ),
          ),
        ),
        response: app.bundle(
          's',
          answering(
            out(
              '{ transformedGatewayResponse: { statusCode: 418, headers: { "X-Seen": "yes" }, body: response.body } }',
            ),
          ),
        ),
      },
    }));
    const { status, headers, body } = await post(
      emulator,
      'tools/call',
      { name: 'Claims___query', arguments: { id: '1' } },
      { authorization: `Bearer ${await emulator.token('rita')}` },
    );
    expect([status, headers.get('x-seen'), body.error.message]).toEqual([418, 'yes', 'no']);
    expect(calls()).toBe(0);
  });

  // Covers assumed.interceptor-timeout
  it.each([
    ['throws', `export const handler = async () => { throw new Error('secret detail'); };`],
    ['answers nothing', answering('undefined')],
    ['answers text', answering('"hello"')],
    ['has no version', answering('({ mcp: { transformedGatewayRequest: { body: request } } })')],
    [
      'has another version',
      answering(`({ interceptorOutputVersion: '2.0', mcp: { transformedGatewayRequest: { body: request } } })`),
    ],
    ['has no mcp', answering(`({ interceptorOutputVersion: '1.0' })`)],
    ['has mcp null', answering(out('null'))],
    ['ends its process', `export const handler = async () => process.exit(0);`],
    ['crashes while it loads', `throw new Error('secret detail'); export const handler = 1;`],
    ['exports nothing', `export const other = 1;`],
    ['answers what is no JSON', `export const handler = async () => { const a = {}; a.a = a; return a; };`],
    ['answers too much', `export const handler = async () => 'x'.repeat(7 * 1024 * 1024);`],
    ['hangs', `export const handler = () => new Promise(() => setInterval(() => {}, 1000));`],
    ['spins', `export const handler = async () => { for (;;); };`],
    ['asks for an impossible status', answering(out('{ transformedGatewayResponse: { statusCode: 99, body: {} } }'))],
  ])('that %s refuses the call, and the next one too', async (_, source) => {
    const switches = { interceptorTimeout: 'refuse' } as const;
    await start((app) => ({ interceptors: { request: app.bundle('r', source, { timeoutSeconds: 1 }) } }), { switches });
    for (let round = 0; round < 2; round += 1) {
      const token = await emulator.token('rita');
      const { status, body } = await post(
        emulator,
        'tools/call',
        { name: 'Claims___query', arguments: { id: '1' } },
        { authorization: `Bearer ${token}` },
      );
      expect(status).toBe(500);
      expect(body.error).toEqual({ code: -32603, message: 'An internal error occurred. Please retry later.' });
    }
    expect(calls()).toBe(0);
  });

  // Covers assumed.interceptor-timeout
  it.each([
    ['hangs', `export const handler = () => new Promise(() => setInterval(() => {}, 1000));`],
    ['spins', `export const handler = async () => { for (;;); };`],
  ])('that %s lets the message through untouched, as was seen on the service, and says so', async (_, source) => {
    await start((app) => ({ interceptors: { request: app.bundle('r', source, { timeoutSeconds: 1 }) } }));
    const answer = await call(emulator, 'rita', 'Claims___query', { id: '1' });
    expect(answerOf(answer)).toMatchObject({ event: { id: '1' } });
    expect(printed.join()).toContain('did not answer in time: the message went on untouched');
  });

  it('that is missing refuses the call', async () => {
    await start(() => ({
      interceptors: {
        request: {
          asset: 'asset.nowhere',
          handler: 'index.handler',
          environment: {},
          timeoutSeconds: 1,
          memoryMb: 128,
        },
      },
    }));
    expect((await query()).error.code).toBe(-32603);
  });

  // Covers assumed.empty-payload
  it.each([
    ['an empty mcp', '{}'],
    ['a body that is no object', '{ transformedGatewayRequest: { body: "text" } }'],
    ['no body', '{ transformedGatewayRequest: {} }'],
  ])('that answers %s replaces the payload by nothing, as the service does', async (_, mcp) => {
    await start((app) => ({ interceptors: { request: app.bundle('r', answering(out(mcp))) } }));
    expect((await query()).error).toEqual({ code: -32700, message: 'Parse error' });
    expect(calls()).toBe(0);
  });

  // Covers assumed.ignored-member
  it('that answers with a member which the platform ignores lets the call on, and a warning says so', async () => {
    await start((app) => ({
      interceptors: { request: app.bundle('r', answering(out('{ gatewayResponse: { statusCode: 403, body: {} } }'))) },
    }));
    expect(answerOf(await query())['event']).toEqual({ id: 'c-1' });
    expect(printed.join('\n')).toContain('did you mean `transformedGatewayResponse`');
  });

  // Covers assumed.ignored-member
  it('that answers with an ignored member refuses when the switch says so', async () => {
    await start(
      (app) => ({ interceptors: { request: app.bundle('r', answering(out('{ gatewayResponse: { body: {} } }'))) } }),
      {
        switches: { ignoredInterceptorMember: 'error' },
      },
    );
    expect((await query()).error.code).toBe(-32603);
  });

  it('cannot call a tool past the policies', async () => {
    await start((app) => ({
      interceptors: {
        request: app.bundle(
          'r',
          answering(
            out(
              `{ transformedGatewayRequest: { body: { ...request, method: 'tools/call', params: { name: 'Claims___purge', arguments: { id: 'all' } } } } }`,
            ),
          ),
        ),
      },
    }));
    const { body } = await post(emulator, 'ping', undefined, {
      authorization: `Bearer ${await emulator.token('rita')}`,
    });
    expect(body.error.message).toContain('Tool Execution Denied:');
    expect(calls()).toBe(0);
  });

  it('that turns the message into a batch refuses it', async () => {
    await start((app) => ({
      interceptors: {
        request: app.bundle('r', answering(out('{ transformedGatewayRequest: { body: [request, request] } }'))),
      },
    }));
    expect((await query()).error.code).toBe(-32700);
  });

  it('has the SDK of a local service loaded before its first call, which is timed', async () => {
    const source = `export const handler = async (event) => {
      const result = { loaded: globalThis.sdkLoaded === true, table: (await import('@aws-sdk/client-dynamodb')).name };
      return ${out('{ transformedGatewayResponse: { body: { jsonrpc: "2.0", id: event.mcp.gatewayRequest.body.id, result } } }')};
    };`;
    const sdk = new FixtureApp();
    sdk.write('node_modules/@aws-sdk/client-dynamodb/index.js', 'globalThis.sdkLoaded = true; exports.name = "own";');
    const tables = [{ logicalId: 'Users', partitionKey: 'user', seed: [] }];
    await start((app) => ({ interceptors: { request: app.bundle('r', source) }, local: { tables, personas: RITA } }), {
      appDirectory: sdk.directory,
    });
    expect((await query()).result).toEqual({ loaded: true, table: 'own' });
    sdk.remove();
  });

  // Covers assumed.interceptor-failure
  it('tells its failure at exception level DEBUG', async () => {
    await start((app) => ({
      gateway: { ...claimsApp(app).gateway, exceptionLevel: 'DEBUG' },
      interceptors: {
        request: app.bundle('r', `export const handler = async () => { throw new Error('broken pipe'); };`),
      },
    }));
    expect((await query()).error.message).toContain('broken pipe');
  });
});

describe('the RESPONSE interceptor', () => {
  const seeing = answering(
    out(
      '{ transformedGatewayResponse: { body: { ...response.body, seen: [response.statusCode, Boolean(event.mcp.rawGatewayRequest.body)] } } }',
    ),
  );

  it('sees results and rewrites them', async () => {
    await start((app) => ({ interceptors: { response: app.bundle('s', seeing) } }));
    expect(await query()).toMatchObject({ result: { isError: false }, seen: [200, true] });
  });

  it('sees the message as the REQUEST interceptor left it', async () => {
    await start((app) => ({
      interceptors: {
        request: app.bundle(
          'r',
          answering(
            out(
              `{ transformedGatewayRequest: { body: { ...request, params: { ...request.params, arguments: { id: 'new' } } } } }`,
            ),
          ),
        ),
        response: app.bundle(
          's',
          answering(
            out('{ transformedGatewayResponse: { body: { ...response.body, sent: request.params.arguments } } }'),
          ),
        ),
      },
    }));
    expect(await query()).toMatchObject({ sent: { id: 'new' } });
  });

  // Covers assumed.intercept-denied
  it('sees denials and failed tools, unless the switch says otherwise', async () => {
    const failing = (app: FixtureApp): Partial<GatewayManifest> => ({
      targets: [
        {
          ...(claimsApp(app).targets[0] as GatewayManifest['targets'][number]),
          function: app.bundle('t', `export const handler = async () => { throw new Error('x'); };`),
        },
      ],
      interceptors: { response: app.bundle('s', seeing) },
    });
    await start(failing);
    expect(await query()).toMatchObject({ result: { isError: true }, seen: [200, true] });
    expect(await call(emulator, 'walt', 'Claims___query', { id: '1' })).toMatchObject({
      error: { code: -32002 },
      seen: [200, true],
    });
    await start(failing, { switches: { interceptDeniedResponses: false } });
    expect(await query()).not.toHaveProperty('seen');
    expect(await call(emulator, 'walt', 'Claims___query', { id: '1' })).not.toHaveProperty('seen');
  });

  it.each([
    ['throws', `export const handler = async () => { throw new Error('x'); };`, -32603],
    ['answers an empty mcp', answering(out('{}')), -32700],
    ['answers nonsense', answering('42'), -32603],
  ])('that %s withholds the result', async (_, source, code) => {
    await start((app) => ({ interceptors: { response: app.bundle('s', source) } }));
    const body = await query();
    expect(body.error.code).toBe(code);
    expect(body).not.toHaveProperty('result');
  });
});

describe('both interceptors together', () => {
  it('pass everything through when they echo', async () => {
    await start((app) => ({
      interceptors: { request: app.bundle('r', PASS_REQUEST), response: app.bundle('s', PASS_RESPONSE) },
    }));
    expect(answerOf(await query())).toEqual({ event: { id: 'c-1' }, tool: 'Claims___query' });
  });
});
