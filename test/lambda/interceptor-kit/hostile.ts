import fc from 'fast-check';
import { tokenOf } from '../../../lambda/interceptor-kit/testing';
import { DISCOVERY_METHODS } from '../../../lib/contract/interceptor-payload';
import type { JsonObject, JsonValue } from '../../../lib/contract/json';
import { FIELD, TOOL } from './every-step';

const nested = (depth: number): JsonValue => JSON.parse('['.repeat(depth) + ']'.repeat(depth)) as JsonValue;

/** Values that break careless readers: rounded and overflowing numbers, inherited names as members, deep nesting, odd texts. */
const odd: fc.Arbitrary<JsonValue> = fc.constantFrom<JsonValue>(
  ...[
    '9007199254740993',
    '1e400',
    '-1e400',
    '-0',
    '5e-324',
    '{"__proto__":{"a":1}}',
    '{"constructor":{"prototype":{}}}',
  ].map((text) => JSON.parse(text) as JsonValue),
  nested(66),
  nested(300),
  nested(3_000),
  '\u0000',
  '\ud800',
  '__proto__',
  'Bearer x',
  {},
  [],
  null,
);

export const anyJson: fc.Arbitrary<JsonValue> = fc.oneof(
  { weight: 3, arbitrary: fc.jsonValue({ maxDepth: 3 }) as fc.Arbitrary<JsonValue> },
  { weight: 1, arbitrary: odd },
);

const memberName = fc.oneof(
  fc.constantFrom(
    '__proto__',
    'constructor',
    'toString',
    'hasOwnProperty',
    FIELD,
    'Geography',
    'geography ',
    'ｇeography',
    'q',
    '',
  ),
  fc.string({ maxLength: 6 }),
);

/** An object as a parser makes it, `__proto__` being a member like any other. */
export const anyObject: fc.Arbitrary<JsonObject> = fc
  .array(fc.tuple(memberName, anyJson), { maxLength: 5 })
  .map((members) => Object.fromEntries(members));

/** Members in the order written, some of them twice: what a client can put on the wire. The last one counts, as for any JSON reader. */
export const rawObject: fc.Arbitrary<string> = fc
  .array(fc.tuple(memberName, fc.jsonValue({ maxDepth: 2 })), { maxLength: 6 })
  .map(
    (members) => `{${members.map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`).join(',')}}`,
  );

export const toolName = fc.oneof(
  { weight: 3, arbitrary: fc.constant(TOOL) },
  {
    weight: 3,
    arbitrary: fc.constantFrom(
      'claims___query',
      'CLAIMS___QUERY',
      'Claims___Query',
      'Claims___query ',
      ' Claims___query',
      'Claims__query',
      'Сlaims___query',
      'Ｃlaims___query',
      'Claims___query\u0000',
      'Claims___query\u200b',
      'Claims___qu\u0435ry',
      'Claims\u017f___query',
      'Claims%5F__query',
      '__proto__',
      'constructor',
      'Notes___read',
      'x_amz_bedrock_agentcore_search',
    ),
  },
  { weight: 1, arbitrary: fc.string({ maxLength: 12, unit: 'binary' }) },
);

const method = fc.oneof(
  { weight: 3, arbitrary: fc.constant('tools/call') },
  { weight: 3, arbitrary: fc.constantFrom(...DISCOVERY_METHODS) },
  {
    weight: 3,
    arbitrary: fc.constantFrom(
      'Tools/Call',
      'tools/call ',
      'tools\\call',
      'tools/list\u0000',
      'tools∕list',
      'ｔools/list',
      'TOOLS/LIST',
      'notifications/initialized',
      'Notifications/x',
      'notifications',
      'prompts/get',
      'resources/read',
      'resources/subscribe',
      'completion/complete',
      'logging/setLevel',
      '__proto__',
      'toString',
      '',
    ),
  },
  { weight: 1, arbitrary: fc.string({ maxLength: 12, unit: 'binary' }) },
);

export const VALID_TOKEN = tokenOf({ sub: 'ann', 'cognito:groups': ['staff'] });

const headerName = fc.constantFrom(
  'authorization',
  'Authorization',
  'AUTHORIZATION',
  ' authorization',
  'authorization ',
  'x-authorization',
  'accept',
  '__proto__',
);
const headerValue: fc.Arbitrary<JsonValue> = fc.oneof(
  fc.constantFrom<JsonValue>(
    `Bearer ${VALID_TOKEN}`,
    `bearer ${VALID_TOKEN}`,
    VALID_TOKEN,
    `Basic ${VALID_TOKEN}`,
    `Bearer ${VALID_TOKEN}, Bearer ${tokenOf({ sub: 'eve' })}`,
    `Bearer ${tokenOf({ sub: 'eve' })}`,
    `Bearer ${tokenOf({ sub: '' })}`,
    `Bearer ${tokenOf({})}`,
    'Bearer ',
    'Bearer a.b.c',
    'AWS4-HMAC-SHA256 Credential=x',
    'aws4-hmac-sha256 Credential=x',
    '*/*',
    '',
    null,
  ),
  fc.string({ maxLength: 8 }),
  fc.array(fc.constantFrom(`Bearer ${VALID_TOKEN}`, `Bearer ${tokenOf({ sub: 'eve' })}`, ''), { maxLength: 2 }),
);

export const headers: fc.Arbitrary<JsonValue | undefined> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc
      .array(fc.tuple(headerName, headerValue), { maxLength: 3 })
      .map((entries) => Object.fromEntries(entries)),
  },
  { weight: 1, arbitrary: fc.constantFrom<JsonValue | undefined>(undefined, null, [], 'authorization: x', 7) },
);

const id: fc.Arbitrary<JsonValue> = fc.oneof(
  fc.integer(),
  fc.string({ maxLength: 4 }),
  fc.constantFrom<JsonValue>(null, {}, [], true, 0.5),
);

/** A message that is nearly right: every member may be missing or something else. */
export const message: fc.Arbitrary<JsonObject> = fc
  .record(
    {
      jsonrpc: fc.oneof({ weight: 9, arbitrary: fc.constant<JsonValue>('2.0') }, { weight: 1, arbitrary: anyJson }),
      id: fc.oneof({ weight: 6, arbitrary: fc.constant<JsonValue>(1) }, { weight: 1, arbitrary: id }),
      method: fc.oneof({ weight: 12, arbitrary: method }, { weight: 1, arbitrary: anyJson }),
      params: fc.oneof(
        {
          weight: 8,
          arbitrary: fc.record(
            {
              name: toolName,
              arguments: fc.oneof({ weight: 9, arbitrary: anyObject }, { weight: 1, arbitrary: anyJson }),
              uri: fc.string({ maxLength: 6 }),
            },
            { requiredKeys: [] },
          ),
        },
        { weight: 1, arbitrary: anyJson },
      ),
    },
    { requiredKeys: [] },
  )
  .map((members) => members as JsonObject);

/** A message, several of them in one, or anything. */
export const body: fc.Arbitrary<JsonValue> = fc.oneof(
  { weight: 8, arbitrary: message },
  { weight: 2, arbitrary: fc.array(message, { maxLength: 3 }) },
  { weight: 1, arbitrary: anyJson },
);

const response: fc.Arbitrary<JsonValue> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record(
      {
        statusCode: fc.oneof(fc.constantFrom<JsonValue>(200, 202, 500), anyJson),
        headers: fc.oneof(anyObject, anyJson),
        isStreamingResponse: fc.oneof(fc.boolean(), anyJson),
        body: fc.oneof(
          fc.record({ jsonrpc: fc.constant('2.0'), id: fc.constant(1), result: anyObject }),
          fc.record({
            jsonrpc: fc.constant('2.0'),
            id: fc.constant(1),
            result: fc.record({ tools: anyJson, content: anyJson, structuredContent: anyJson }, { requiredKeys: [] }),
          }),
          fc.record({ jsonrpc: fc.constant('2.0'), error: anyObject }),
          anyJson,
        ),
      },
      { requiredKeys: [] },
    ) as fc.Arbitrary<JsonValue>,
  },
  { weight: 1, arbitrary: anyJson },
);

/** An event of either point, nearly right, or anything. */
export const event: fc.Arbitrary<unknown> = fc.oneof(
  {
    weight: 9,
    arbitrary: fc.record(
      {
        interceptorInputVersion: fc.constantFrom<JsonValue>('1.0', '2.0', null),
        mcp: fc.record(
          { gatewayRequest: fc.record({ headers, body }, { requiredKeys: [] }), gatewayResponse: response },
          { requiredKeys: ['gatewayRequest'] },
        ),
      },
      { requiredKeys: ['mcp'] },
    ),
  },
  { weight: 1, arbitrary: fc.record({ http: anyJson, mcp: anyJson }, { requiredKeys: [] }) },
  { weight: 1, arbitrary: anyJson },
);
