import { describe, expect, it } from 'vitest';
import { type Call, isRefused, parseCall } from '../../../lambda/interceptor-kit/message/call';
import { identify } from '../../../lambda/interceptor-kit/message/identify';
import { RequestHeaders } from '../../../lambda/interceptor-kit/message/request-headers';
import { message, tokenOf, toolCall } from '../../../lambda/interceptor-kit/testing';
import { DISCOVERY_METHODS } from '../../../lib/contract/interceptor-payload';
import type { JsonObject } from '../../../lib/contract/json';

function parsed(body: JsonObject): Call {
  const call = parseCall(body);
  if (isRefused(call)) throw new Error(call.refused);
  return call;
}

const CALL = parsed(toolCall('T___x'));
const LIST = parsed(message('tools/list'));
const TOKEN = tokenOf({ sub: 'ann', 'cognito:groups': ['a'] });
const BARE = { 'content-type': 'application/json' };
const SIGNED = { authorization: 'AWS4-HMAC-SHA256 Credential=x' };
const kindOf = (headers: unknown, call: Call, authorization: 'jwt' | 'iam' | 'none' = 'jwt'): string =>
  identify(authorization, new RequestHeaders(headers), call.method).kind;

describe('identify, with a token', () => {
  it.each([
    ['Authorization', `Bearer ${TOKEN}`],
    ['authorization', `bearer ${TOKEN}`],
    ['AUTHORIZATION', `BEARER  ${TOKEN} `],
  ])('reads the claims from %s', (name, value) => {
    expect(identify('jwt', new RequestHeaders({ [name]: value }), CALL.method)).toEqual({
      kind: 'caller',
      claims: { sub: 'ann', 'cognito:groups': ['a'] },
      token: TOKEN,
    });
  });

  it.each<[string, unknown]>([
    ['no headers', undefined],
    ['null headers', null],
    ['headers in a list', [['authorization', `Bearer ${TOKEN}`]]],
    ['another scheme', { authorization: `Basic ${TOKEN}` }],
    ['no scheme', { authorization: TOKEN }],
    ['two tokens in one header', { authorization: `Bearer ${TOKEN}, Bearer ${TOKEN}` }],
    [
      'two headers that differ',
      { Authorization: `Bearer ${TOKEN}`, authorization: `Bearer ${tokenOf({ sub: 'eve' })}` },
    ],
    ['a list of two tokens', { authorization: [`Bearer ${TOKEN}`, `Bearer ${tokenOf({ sub: 'eve' })}`] }],
    ['a token and a signature', { Authorization: `Bearer ${TOKEN}`, ...SIGNED }],
    ['a header that is no text', { authorization: { toString: `Bearer ${TOKEN}` } }],
    ['a token of one part', { authorization: 'Bearer abc' }],
    ['a payload that is no JSON', { authorization: 'Bearer a.b.c' }],
    ['a payload that is no object', { authorization: `Bearer a.${Buffer.from('[]').toString('base64url')}.c` }],
    ['no subject', { authorization: `Bearer ${tokenOf({})}` }],
    ['a subject that is no text', { authorization: `Bearer ${tokenOf({ sub: 1 })}` }],
    ['an inherited subject', { authorization: `Bearer ${tokenOf(JSON.parse('{"__proto__":{"sub":"a"}}'))}` }],
    ['an empty subject', { authorization: `Bearer ${tokenOf({ sub: '' })}` }],
  ])('does not know a caller with %s', (_what, headers) => {
    expect(kindOf(headers, CALL)).toBe('unknown');
  });

  it.each(['iam', 'none'] as const)(
    'ignores tokens on a gateway with authorization %s, which verifies none',
    (authorization) => {
      const headers = new RequestHeaders({ authorization: `Bearer ${TOKEN}` });
      expect(identify(authorization, headers, CALL.method)).toEqual({
        kind: 'caller',
        claims: undefined,
        token: undefined,
      });
    },
  );
});

describe('identify, without a token', () => {
  // Covers assumed.probes
  it.each([...DISCOVERY_METHODS, 'notifications/initialized'])('takes %s for a probe of the service', (method) => {
    expect(kindOf(BARE, parsed(message(method)))).toBe('probe');
    expect(kindOf(SIGNED, parsed(message(method)))).toBe('probe');
  });

  it.each([
    toolCall('T___x'),
    toolCall('x_amz_bedrock_agentcore_search', { query: 'q' }),
    { jsonrpc: '2.0', method: 'tools/call', params: { name: 'T___x' } },
    message('prompts/get', { name: 'p' }),
    message('resources/read', { uri: 'u' }),
    message('resources/subscribe', { uri: 'u' }),
    message('completion/complete'),
    message('logging/setLevel'),
    { jsonrpc: '2.0', id: 1, result: {} },
  ])('does not let $method pass', (body) => {
    expect(kindOf(BARE, parsed(body as JsonObject))).toBe('unknown');
    expect(kindOf(SIGNED, parsed(body as JsonObject))).toBe('unknown');
  });

  it('lets nothing pass without headers, since nobody could tell whether there was a token', () => {
    for (const headers of [undefined, null, {}, []]) expect(kindOf(headers, LIST)).toBe('unknown');
  });

  it.each([
    ['an empty header', { authorization: '' }],
    ['an empty bearer', { authorization: 'Bearer ' }],
    ['another scheme', { authorization: 'Basic YTpi' }],
    ['a signature in small letters', { authorization: 'aws4-hmac-sha256 x' }],
    ['two signatures', { authorization: 'AWS4-HMAC-SHA256 a', Authorization: 'AWS4-HMAC-SHA256 b' }],
    ['a broken token', { authorization: 'Bearer a.b.c' }],
  ])('takes no discovery message with %s for a probe', (_what, headers) => {
    expect(kindOf(headers, LIST)).toBe('unknown');
  });
});
