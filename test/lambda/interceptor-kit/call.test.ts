import { describe, expect, it } from 'vitest';
import { parseCall } from '../../../lambda/interceptor-kit/message/call';
import { message, toolCall } from '../../../lambda/interceptor-kit/testing';
import type { JsonObject, JsonValue } from '../../../lib/contract/json';

const nested = (depth: number): JsonValue => (depth === 0 ? 1 : { a: nested(depth - 1) });

describe('parseCall', () => {
  it('splits target and tool', () => {
    expect(parseCall(toolCall('hr-payroll___create___payout', { a: 1 }))).toMatchObject({
      kind: 'tools/call',
      tool: { name: 'create___payout', target: 'hr-payroll', fullName: 'hr-payroll___create___payout' },
      arguments: { a: 1 },
    });
    expect(parseCall(toolCall('x_amz_bedrock_agentcore_search'))).toMatchObject({
      tool: { target: undefined, name: 'x_amz_bedrock_agentcore_search' },
      arguments: {},
    });
  });

  it.each([
    ['initialize', {}, 'initialize'],
    ['tools/list', undefined, 'tools/list'],
    ['prompts/get', { name: 'p' }, 'prompts/get'],
    ['resources/read', { uri: 'u' }, 'resources/read'],
    ['resources/templates/list', undefined, 'resources/templates/list'],
    ['notifications/progress', undefined, 'notification'],
    ['logging/setLevel', undefined, 'other'],
  ])('knows %s', (method, params, kind) => {
    expect(parseCall(message(method, params))).toMatchObject({ kind, method, id: 1 });
  });

  it.each([
    ...[
      'Tools/Call',
      'tools/call ',
      'TOOLS/LIST',
      '\tPrompts/Get',
      'tools/list\u0000',
      'tools\u2215list',
      'ｔools/list',
    ],
    ...['tools/\u200bcall', 'tools/list/x', 'Notifications/initialized', 'notifications', 'notifications/of-tomorrow'],
    ...['resources/delete', 'Prompts/Delete', 'sampling/createMessage', 'of-tomorrow', '__proto__', 'constructor'],
    // By which results of tools would get past the steps.
    ...['tasks/result', 'Tasks/Result'],
  ])('refuses the method %j, which is none that it knows', (method) => {
    expect(parseCall(message(method, { name: 'T___x' }))).toMatchObject({ refused: 'unsupported-message', id: 1 });
  });

  it.each([
    'Arguments',
    'arguments\u0000',
    'argu\u200bments',
    ' arguments',
    'ａrguments',
    'Name',
    'URI',
    'TASK',
    '_Meta',
  ])('refuses parameters with %j, which some reader may take for another', (name) => {
    const call = toolCall('T___x', {});
    const params = { ...(call['params'] as JsonObject), [name]: {} };
    expect(parseCall({ ...call, params })).toMatchObject({ refused: 'invalid-params', id: 1 });
  });

  it.each(['Method', 'PARAMS', 'params ', 'iD', 'res\u00adult'])('refuses a message with %j', (name) => {
    expect(parseCall({ ...toolCall('T___x'), [name]: {} })).toMatchObject({ refused: 'malformed-message' });
  });

  it.each([
    message('prompts/get', { name: 'gre\u200bet' }),
    message('resources/read', { uri: 'file:///a\u0000' }),
    message('resources/subscribe', { uri: 'file:///\u202ea' }),
  ])('refuses names with characters that nobody sees: $params', (body) => {
    expect(parseCall(body)).toMatchObject({ refused: 'invalid-params' });
  });

  it('takes a reply of the client for one', () => {
    expect(parseCall({ jsonrpc: '2.0', id: 's', result: {} })).toMatchObject({ kind: 'reply', method: '', id: 's' });
  });

  it('takes null parameters and null arguments for none', () => {
    expect(parseCall({ jsonrpc: '2.0', id: 1, method: 'tools/list', params: null })).toMatchObject({ params: {} });
    expect(parseCall(message('tools/call', { name: 'T___x', arguments: null }))).toMatchObject({ arguments: {} });
  });

  it.each<[string, JsonValue | undefined, string]>([
    ['nothing', undefined, 'malformed-message'],
    ['null', null, 'malformed-message'],
    ['text', 'tools/call', 'malformed-message'],
    ['a batch', [toolCall('T___x')], 'batch'],
    ['an empty batch', [], 'batch'],
    ['another version', { ...toolCall('T___x'), jsonrpc: '1.0' }, 'malformed-message'],
    ['no method', { jsonrpc: '2.0', id: 1 }, 'malformed-message'],
    ['a method that is no text', { jsonrpc: '2.0', id: 1, method: ['tools/call'] }, 'malformed-message'],
    ['an id that is no id', { jsonrpc: '2.0', id: {}, method: 'ping' }, 'malformed-message'],
    ['an id that was rounded', { jsonrpc: '2.0', id: 2 ** 53, method: 'ping' }, 'malformed-message'],
    ['parameters in a list', message('tools/call', [] as never), 'invalid-params'],
    ['a tool without name', message('tools/call', {}), 'invalid-params'],
    ['a name that is no text', message('tools/call', { name: { toString: 'T___x' } }), 'invalid-params'],
    ['arguments in a list', message('tools/call', { name: 'T___x', arguments: [] }), 'invalid-params'],
    ['a look-alike letter', toolCall('Сlaims___x'), 'invalid-params'],
    ['a blank in the name', toolCall('Claims___x '), 'invalid-params'],
    ['a name beyond 256 characters', toolCall(`T___${'x'.repeat(253)}`), 'invalid-params'],
    ['a resource without address', message('resources/read', { uri: 1 }), 'invalid-params'],
    ['a number that was rounded', toolCall('T___x', { amount: 2 ** 53 }), 'inexact-number'],
    ['a number that overflowed', toolCall('T___x', { amount: JSON.parse('1e400') }), 'inexact-number'],
    ['arguments that nest too deep', toolCall('T___x', { a: nested(65) }), 'too-deep'],
  ])('refuses %s', (_what, body, refused) => {
    expect(parseCall(body)).toMatchObject({ refused });
  });

  it('takes arguments of 64 levels', () => {
    expect(parseCall(toolCall('T___x', nested(64) as never))).toMatchObject({ kind: 'tools/call' });
  });

  it('reads no member that the message does not have itself', () => {
    const body = JSON.parse('{"jsonrpc":"2.0","id":1,"__proto__":{"method":"tools/list"}}') as JsonValue;
    expect(parseCall(body)).toMatchObject({ refused: 'malformed-message' });
    const params = JSON.parse('{"__proto__":{"name":"T___x"}}') as never;
    expect(parseCall(message('tools/call', params))).toMatchObject({ refused: 'invalid-params' });
  });
});
