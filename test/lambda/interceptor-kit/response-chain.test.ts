import { describe, expect, it } from 'vitest';
import { deny, proceed } from '../../../lambda/interceptor-kit/chain/outcome';
import type { Step } from '../../../lambda/interceptor-kit/chain/step';
import { everyShape } from '../../../lambda/interceptor-kit/payload-shapes';
import {
  message,
  responseEvent,
  resultOf,
  toolCall,
  toolResult,
  tryResponse,
} from '../../../lambda/interceptor-kit/testing';
import type { JsonObject } from '../../../lib/contract/json';
import { expectDenied, expectResult } from './expect-output';

const step = (response: Step['response'], name = 'under-test'): Step => ({ name, response }) as Step;
const CALL = toolCall('T___x', { a: 1 });
const ANSWER = resultOf(toolResult({ rows: [] }));
const closed = [step(() => deny('not-allowed'))];

describe('a RESPONSE chain', () => {
  const answered = everyShape().filter(({ point, name }) => point === 'RESPONSE' && !name.startsWith('empty body'));
  it.each(answered)('echoes $name when no step changes it', async ({ event }) => {
    const output = await tryResponse([step(() => proceed())], event);
    const { statusCode, body } = event.mcp.gatewayResponse ?? {};
    expect(output.mcp.transformedGatewayResponse?.body).toEqual(body);
    expect(output.mcp.transformedGatewayResponse?.statusCode).toBe(statusCode);
  });

  it('runs in reverse order', async () => {
    const append = (name: string): Step =>
      step(({ payload }) =>
        proceed({ payload: { ...payload, order: [...((payload['order'] as string[]) ?? []), name] } }),
      );
    const output = await tryResponse([append('a'), append('b')], responseEvent(CALL, resultOf({})));
    expectResult(output, { order: ['b', 'a'] });
  });

  it('runs a step on answers of its tools only', async () => {
    const closedFor = (...tools: string[]) => [{ ...closed[0], tools } as Step];
    const event = responseEvent(CALL, ANSWER);
    expectDenied(await tryResponse(closedFor('T'), event), 'not-allowed');
    expectResult(await tryResponse(closedFor('U'), event), toolResult({ rows: [] }));
  });

  it('says nothing of status and headers in later events of a stream', async () => {
    const later = responseEvent(CALL, { body: ANSWER, isStreamingResponse: true });
    expect((await tryResponse([], later)).mcp.transformedGatewayResponse).toEqual({ body: ANSWER });
    expect(Object.keys((await tryResponse(closed, later)).mcp.transformedGatewayResponse ?? {})).toEqual(['body']);
  });

  it('keeps headers but for those of the original bytes', async () => {
    const headers = { 'Mcp-Session-Id': 's', 'Content-Length': '10', 'content-encoding': 'gzip' };
    const output = await tryResponse([], responseEvent(CALL, { statusCode: 200, headers, body: ANSWER }));
    expect(output.mcp.transformedGatewayResponse?.headers).toEqual({ 'Mcp-Session-Id': 's' });
  });

  it.each([null, undefined])('puts an error in the place of an empty body (%s)', async (body) => {
    const response = { statusCode: 200, headers: {}, ...(body === undefined ? {} : { body }) };
    expectDenied(await tryResponse([], responseEvent(CALL, response)), 'empty-response');
  });

  it.each([null, undefined, 'x', []])('denies when there is no response at all (%s)', async (gatewayResponse) => {
    const { mcp } = responseEvent(CALL, ANSWER);
    expectDenied(await tryResponse([], { mcp: { ...mcp, gatewayResponse } }), 'empty-response');
  });

  it('leaves the empty answer to a notification empty', async () => {
    const notification = { jsonrpc: '2.0', method: 'notifications/initialized' };
    const output = await tryResponse(closed, responseEvent(notification, { statusCode: 202, body: null }));
    expect(output.mcp.transformedGatewayResponse).toEqual({ statusCode: 202, body: null });
  });

  it.each([
    ['text', 'data: {"secret":1}'],
    ['a batch', [ANSWER]],
    ['no JSON-RPC', { message: 'Forbidden' }],
    ['result and error', { ...ANSWER, error: { code: 1, message: '' } }],
    ['a result that is no object', { jsonrpc: '2.0', id: 1, result: [1] }],
    ['an error without code', { jsonrpc: '2.0', id: 1, error: { message: 'x' } }],
    ['a result that nests too deep', resultOf(JSON.parse(`${'{"a":'.repeat(300)}1${'}'.repeat(300)}`) as JsonObject)],
  ])('does not let %s out', async (_what, body) => {
    const output = await tryResponse([], responseEvent(CALL, { statusCode: 403, body: body as never }));
    expectDenied(output, 'unreadable-response');
    expect(output.mcp.transformedGatewayResponse?.statusCode).toBe(403);
  });

  it.each<[string, () => unknown]>([
    ['undefined', () => undefined],
    ['arguments', () => proceed({ arguments: {} })],
    ['a payload that is no object', () => proceed({ payload: [] as never })],
    ['a promise of nonsense', () => Promise.resolve({})],
  ])('denies when a step returns %s', async (_what, response) => {
    expectDenied(await tryResponse([step(response as Step['response'])], responseEvent(CALL, ANSWER)), 'step-failed');
  });

  it('shows the error of the REQUEST interceptor for a message that it refused, and nothing else', async () => {
    const refused = [CALL, CALL] as never;
    const error = { jsonrpc: '2.0', id: null, error: { code: -32600, message: 'Request denied: batch' } };
    expect((await tryResponse(closed, responseEvent(refused, error))).mcp.transformedGatewayResponse?.body).toEqual(
      error,
    );
    expectDenied(await tryResponse([], responseEvent(refused, ANSWER)), 'batch', 1);
    const anonymous = { headers: { accept: '*/*' } };
    expectDenied(await tryResponse([], responseEvent(CALL, ANSWER, anonymous)), 'unauthenticated');
  });

  it('lets the answer to discovery without token out unchanged', async () => {
    const tools = resultOf({ tools: [{ name: 'T___x', inputSchema: { type: 'object' } }] });
    const event = responseEvent(message('tools/list'), tools, { headers: { accept: '*/*' } });
    expect((await tryResponse(closed, event)).mcp.transformedGatewayResponse?.body).toEqual(tools);
  });

  it('says so when an answer would be too large for Lambda', async () => {
    const answer = (length: number) =>
      responseEvent(CALL, resultOf({ content: [{ type: 'text', text: 'ä'.repeat(length) }] }));
    expectDenied(await tryResponse([], answer(3.1 * 2 ** 20)), 'too-large');
    expectResult(await tryResponse([], answer(2.9 * 2 ** 20)));
  });

  it('denies a question of the server with the id of the call', async () => {
    const body = { jsonrpc: '2.0', id: 's-9', method: 'elicitation/create', params: {} };
    expectDenied(await tryResponse(closed, responseEvent(CALL, { body, isStreamingResponse: true })), 'not-allowed', 1);
  });
});
