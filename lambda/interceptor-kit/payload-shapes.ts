import { DENIED_BY_DEFAULT, denialResponse } from '../../lib/contract/decision';
import type { InterceptedResponse, InterceptorEvent } from '../../lib/contract/interceptor-payload';
import type { JsonObject, JsonValue } from '../../lib/contract/json';
import { SEARCH_TOOL_NAME } from '../../lib/contract/tool-name';
import type { InterceptionPoint } from './chain/step';
import { type DenialReason, denialBody, denialOf } from './message/denial';
import {
  type CallerOptions,
  message,
  requestEvent,
  responseEvent,
  resultOf,
  tokenOf,
  toolCall,
  toolListings,
  toolResult,
} from './testing';

/** An event in one of the shapes that payloads have. */
export interface PayloadShape {
  readonly name: string;
  readonly point: InterceptionPoint;
  readonly event: InterceptorEvent;
}

/** A message of its own for every event, since a test may change it. */
const call = (): JsonObject => toolCall('Notes___read', { id: 'n-1' });
const TOKEN = `Bearer ${tokenOf({ sub: 'caller' })}`;

/** Well-formed events in every payload shape, for tests that must hold for all of them. */
export function everyShape(): PayloadShape[] {
  return [...requestShapes(), ...responseShapes()];
}

function requestShapes(): PayloadShape[] {
  const request = (name: string, body: JsonObject, caller?: CallerOptions): PayloadShape => {
    return { name, point: 'REQUEST', event: requestEvent(body, caller) };
  };
  return [
    request('initialize', message('initialize', { protocolVersion: '2025-11-25', capabilities: {} })),
    request('server/discover', message('server/discover')),
    request('ping', message('ping')),
    request('notification', { jsonrpc: '2.0', method: 'notifications/initialized' }),
    request('tools/list', message('tools/list')),
    request('tools/call', call()),
    request('tools/call without arguments', toolCall('Notes___read')),
    request('tools/call with null for arguments', message('tools/call', { name: 'Notes___read', arguments: null })),
    request('search', toolCall(SEARCH_TOOL_NAME, { query: 'notes' })),
    request('prompts/list', message('prompts/list')),
    request('prompts/get', message('prompts/get', { name: 'greet', arguments: { name: 'you' } })),
    request('resources/list', message('resources/list')),
    request('resources/templates/list', message('resources/templates/list')),
    request('resources/read', message('resources/read', { uri: 'file:///a' })),
    request('resources/subscribe', message('resources/subscribe', { uri: 'file:///a' })),
    request(
      'completion/complete',
      message('completion/complete', {
        ref: { type: 'ref/prompt', name: 'greet' },
        argument: { name: 'name', value: 'y' },
      }),
    ),
    request('unknown method', message('logging/setLevel', { level: 'debug' })),
    request('reply of the client', { jsonrpc: '2.0', id: 's-1', result: { action: 'accept' } }),
    request('headers in another case', call(), { headers: { AUTHORIZATION: TOKEN, 'Mcp-Session-Id': 's-1' } }),
    request('one header in two cases', call(), { headers: { Authorization: TOKEN, authorization: TOKEN } }),
    request('discovery of the service itself, without token', message('tools/list'), { headers: { accept: '*/*' } }),
  ];
}

function responseShapes(): PayloadShape[] {
  const response = (name: string, body: InterceptedResponse | JsonObject, of: JsonObject = call()): PayloadShape => {
    return { name, point: 'RESPONSE', event: responseEvent(of, body) };
  };
  const answered = resultOf(toolResult({ id: 'n-1' }));
  const failure = { error: { code: 'NOT_FOUND', message: 'there is no such note', requestId: 'r' } };
  const content = [{ type: 'text', text: 'An internal error occurred. Please retry later.' }];
  return [
    response('result', answered),
    response('result with structured content', resultOf(toolResult({ id: 'n-1' }, true))),
    response('result in prose', resultOf({ content: [{ type: 'text', text: 'Milk and bread.' }] })),
    response('failure of a tool', resultOf(toolResult(failure))),
    response('error of a target', resultOf({ content, isError: true })),
    response('error', { jsonrpc: '2.0', id: 1, error: { code: -32002, message: 'denied' } }),
    response('denial of the REQUEST interceptor', denialBody(1, denialOf('not-allowed'), 'r')),
    response('denial of a policy', { ...denialResponse(1, DENIED_BY_DEFAULT, 'error') }),
    response('denial of a policy as a result', { ...denialResponse(1, DENIED_BY_DEFAULT, 'result') }),
    response(
      'empty answer to a notification',
      { statusCode: 202, body: null },
      { jsonrpc: '2.0', method: 'notifications/initialized' },
    ),
    response('empty body after a short circuit', { statusCode: 200, headers: {}, body: null }),
    response('first event of a stream', { statusCode: 200, headers: {}, body: answered, isStreamingResponse: true }),
    response('later event of a stream', { body: answered, isStreamingResponse: true }),
    response('question of the server', {
      body: { jsonrpc: '2.0', id: 's-1', method: 'elicitation/create', params: { message: 'Sure?' } },
      isStreamingResponse: true,
    }),
    ...toolListings([{ name: 'Notes___read', description: 'Reads', inputSchema: { type: 'object' } }]).map(
      ({ name, request: of, result }) => response(name, resultOf(result), of),
    ),
  ];
}

/** An event that is denied before any step sees it. */
export interface RefusedShape {
  readonly name: string;
  readonly event: InterceptorEvent;
  readonly reason: DenialReason;
}

/** Messages of REQUEST events that the kit itself denies, whatever the steps of the chain are, on a JWT gateway. */
export function refusedShapes(): RefusedShape[] {
  const refused = (name: string, reason: DenialReason, body: JsonValue, caller?: CallerOptions): RefusedShape => {
    return { name, reason, event: requestEvent(body, caller) };
  };
  return [
    refused('batch', 'batch', [message('tools/list'), call()]),
    refused('batch of one', 'batch', [call()]),
    refused('empty batch', 'batch', []),
    refused('no JSON-RPC', 'malformed-message', { method: 'tools/call' }),
    refused('nothing', 'malformed-message', null),
    refused('tools/call without name', 'invalid-params', message('tools/call', {})),
    refused('look-alike letter in a tool name', 'invalid-params', toolCall('N\u043etes___read')),
    refused('number that was rounded', 'inexact-number', toolCall('Notes___read', { amount: 2 ** 53 })),
    refused('no token', 'unauthenticated', call(), { headers: { accept: '*/*' } }),
    refused('no headers', 'unauthenticated', call(), { headers: {} }),
    refused('two tokens', 'unauthenticated', call(), {
      headers: { Authorization: TOKEN, authorization: `Bearer ${tokenOf({ sub: 'somebody else' })}` },
    }),
  ];
}
