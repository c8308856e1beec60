import { Agent, request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Emulator } from '../../lib/emulator';
import { answerOf, call, claimsApp, FixtureApp, type RpcBody } from './fixture';

const CLIENTS = 200;
const CALLS = 5;

const app = new FixtureApp();
const agent = new Agent({ keepAlive: true, maxSockets: CLIENTS });
let emulator: Emulator;

/** Interceptors that now and then crash, throw or hang, and a tool that does so too. */
const UNSTABLE = `let count = 0;
function misbehave(limit) {
  count += 1;
  if (count % 97 === 0) process.exit(1);
  if (count % 31 === 0) throw new Error('now and then');
  if (limit && count % 61 === 0) return new Promise(() => setInterval(() => {}, 1000));
}`;

beforeAll(async () => {
  const manifest = claimsApp(app, {
    interceptors: {
      request: app.bundle(
        'request',
        `${UNSTABLE}
         export const handler = async (event) => {
           await misbehave(true);
           return { interceptorOutputVersion: '1.0', mcp: { transformedGatewayRequest: { body: event.mcp.gatewayRequest.body } } };
         };`,
        { timeoutSeconds: 1 },
      ),
      response: app.bundle(
        'response',
        `${UNSTABLE}
         export const handler = async (event) => {
           await misbehave(false);
           return { interceptorOutputVersion: '1.0', mcp: { transformedGatewayResponse: { body: event.mcp.gatewayResponse.body } } };
         };`,
      ),
    },
  });
  emulator = await app.start(manifest);
});

afterAll(async () => {
  agent.destroy();
  await emulator.stop();
  app.remove();
});

function send(token: string, name: string, id: string): Promise<{ status: number; body: RpcBody }> {
  const body = JSON.stringify({ jsonrpc: '2.0', id, method: 'tools/call', params: { name, arguments: { id } } });
  return new Promise((resolve, reject) => {
    const sent = request(
      emulator.mcpUrl,
      {
        agent,
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'mcp-protocol-version': '2025-06-18',
          authorization: `Bearer ${token}`,
        },
      },
      (response) => {
        let text = '';
        response.on('data', (chunk) => {
          text += chunk;
        });
        response.on('end', () => resolve({ status: response.statusCode ?? 0, body: JSON.parse(text) as RpcBody }));
        response.on('error', reject);
      },
    );
    sent.on('error', reject);
    sent.end(body);
  });
}

describe('200 clients at once, with interceptors that crash, throw and hang', () => {
  it('are all answered or refused, each with their own answer, and nothing is allowed that the policies deny', async () => {
    const allowed = await emulator.token('rita');
    const denied = await emulator.token('walt');
    const seen = { answered: 0, refused: 0, denied: 0 };
    const client = async (number: number): Promise<void> => {
      const isAllowed = number % 2 === 0;
      for (let round = 0; round < CALLS; round += 1) {
        const id = `${number}-${round}`;
        const { status, body } = await send(isAllowed ? allowed : denied, 'Claims___query', id);
        if (status === 500) {
          expect(body.error).toEqual({ code: -32603, message: 'An internal error occurred. Please retry later.' });
          seen.refused += 1;
        } else if (isAllowed) {
          expect(body.id).toBe(id);
          expect(answerOf(body)['event']).toEqual({ id });
          seen.answered += 1;
        } else {
          expect(body.error.message).toContain('Tool Execution Denied:');
          seen.denied += 1;
        }
      }
    };
    await Promise.all(Array.from({ length: CLIENTS }, (_, number) => client(number)));
    expect(seen.answered + seen.refused + seen.denied).toBe(CLIENTS * CALLS);
    expect(seen.answered).toBeGreaterThan((CLIENTS * CALLS) / 4);
    expect(seen.denied).toBeGreaterThan((CLIENTS * CALLS) / 4);
    expect(seen.refused).toBeGreaterThan(0);
  });

  it('leave the emulator as it was', async () => {
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => call(emulator, 'rita', 'Claims___query', { id: 'after' })),
    );
    expect(answers.some((body) => body.error === undefined)).toBe(true);
  });
});
