import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  requestEvent,
  responseEvent,
  resultOf,
  tokenOf,
  toolCall,
  toolListings,
  toolResult,
  tryRequest,
  tryResponse,
} from '../../../lambda/interceptor-kit/testing';
import type { InterceptorOutput } from '../../../lib/contract/interceptor-payload';
import { DISCOVERY_METHODS } from '../../../lib/contract/interceptor-payload';
import { isJsonObject, type JsonObject, type JsonValue } from '../../../lib/contract/json';
import { runs } from '../../runs';
import { CONFIG, CREDENTIAL, coldSteps, FIELD, RECORD_KEY, TOOL, TRUSTED_NAMES } from './every-step';
import { anyJson, anyObject, body, event, headers, message, rawObject, toolName, VALID_TOKEN } from './hostile';

/** Everything that the chain writes, records and log. */
const written: string[] = [];
const write = (line: string): void => void written.push(line);
/** Payloads of the tokens that headers carry. */
const TOKEN_PARTS = [VALID_TOKEN, tokenOf({ sub: 'eve' })].map((token) => token.split('.')[1] ?? '');
const world = { asked: [], records: written, decisions: written };
const CHAIN = coldSteps(world);
const trusted = coldSteps(world, 'trusted-context');
const options = { config: CONFIG };

/** What every answer of an interceptor looks like, whatever came in. */
function expectWellFormed(output: InterceptorOutput): void {
  const again = JSON.parse(JSON.stringify(output)) as JsonObject;
  expect(again['interceptorOutputVersion']).toBe('1.0');
  if ('http' in again) return;
  const { transformedGatewayRequest: passed, transformedGatewayResponse: answered } = output.mcp;
  expect([passed, answered].filter((member) => member !== undefined)).toHaveLength(1);
  if (answered !== undefined) expect('body' in answered).toBe(true);
  else expect(isJsonObject(passed?.body)).toBe(true);
}

const passed = (output: InterceptorOutput): JsonObject | undefined =>
  output.mcp?.transformedGatewayRequest?.body as JsonObject | undefined;

describe('whatever comes in', () => {
  it('is answered in the form that the gateway understands, and never with an exception', async () => {
    await fc.assert(
      fc.asyncProperty(event, async (hostile) => {
        written.length = 0;
        const output = await tryRequest(CHAIN, hostile, { ...options, log: write });
        expectWellFormed(output);
        const answered = await tryResponse(CHAIN, hostile, { ...options, log: write });
        expectWellFormed(answered);
        // Neither the token nor what it was exchanged for is anywhere but in headers for the target.
        const shown = JSON.stringify([output.mcp?.transformedGatewayResponse, passed(output), answered, written]);
        for (const secret of [CREDENTIAL, RECORD_KEY, ...TOKEN_PARTS]) expect(shown).not.toContain(secret);
      }),
      runs(2_500),
    );
  });

  it('passes with one verified token, or as discovery without any, and not otherwise', async () => {
    const asText = (value: unknown): string[] =>
      (Array.isArray(value) ? value : [value]).map((item) => (typeof item === 'string' ? item.trim() : '?'));
    await fc.assert(
      fc.asyncProperty(headers, body, async (sent, content) => {
        const output = await tryRequest([], { mcp: { gatewayRequest: { headers: sent, body: content } } }, options);
        if (passed(output) === undefined) return;
        expect(Array.isArray(content)).toBe(false);
        const entries = isJsonObject(sent) ? Object.entries(sent) : [];
        expect(entries.length).toBeGreaterThan(0);
        const values = new Set(
          entries
            .filter(([name]) => name.trim().toLowerCase() === 'authorization')
            .flatMap(([, value]) => asText(value)),
        );
        expect(values.size).toBeLessThanOrEqual(1);
        const [value] = values;
        const { method } = content as { method?: string };
        if (value === undefined || value.startsWith('AWS4-HMAC-SHA256 ')) {
          expect(DISCOVERY_METHODS.includes(method ?? '') || method?.startsWith('notifications/')).toBe(true);
          expect(passed(output)).toBe(content);
        } else {
          expect(value).toMatch(/^bearer +[^\s,]+$/i);
          const claims = JSON.parse(Buffer.from(value.split('.')[1] ?? '', 'base64url').toString()) as JsonObject;
          expect(['ann', 'eve']).toContain(claims['sub']);
        }
      }),
      runs(4_000),
    );
  });

  it('never brings a client’s value into a trusted field, whatever members are sent, and how often', async () => {
    await fc.assert(
      fc.asyncProperty(toolName, rawObject, async (name, raw) => {
        const text = `{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":${JSON.stringify(name)},"arguments":${raw}}}`;
        const output = await tryRequest(trusted, requestEvent(JSON.parse(text) as JsonValue), options);
        const sent = passed(output);
        if (sent === undefined) return;
        const folded = name
          .normalize('NFKC')
          .toLowerCase()
          .replace(/[^a-z_]/g, '');
        if (folded !== TOOL.toLowerCase()) return;
        const { arguments: args, name: target } = (JSON.parse(JSON.stringify(sent)) as JsonObject)[
          'params'
        ] as JsonObject;
        expect(target).toBe(TOOL);
        expect(Object.entries(args as JsonObject).filter(([member]) => member === FIELD)).toEqual([[FIELD, 'EU']]);
      }),
      runs(2_500),
    );
  });

  it('keeps everything else that the client sent', async () => {
    await fc.assert(
      fc.asyncProperty(rawObject, async (raw) => {
        const args = JSON.parse(raw) as JsonObject;
        const sent = passed(await tryRequest(trusted, requestEvent(toolCall(TOOL, args)), options));
        if (sent === undefined) return;
        const others = (object: JsonObject) =>
          Object.entries(object).filter(([member]) => !TRUSTED_NAMES.includes(member));
        expect(others((sent['params'] as JsonObject)['arguments'] as JsonObject)).toEqual(others(args));
      }),
      runs(1_000),
    );
  });

  it('denies every batch, whatever mix of allowed and denied calls it holds', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.oneof(message, fc.constant(toolCall(TOOL))), { maxLength: 4 }), async (batch) => {
        const output = await tryRequest(CHAIN, requestEvent(batch as JsonValue[]), options);
        expect(output.mcp.transformedGatewayResponse?.body).toMatchObject({
          id: null,
          error: { data: { reason: 'batch' } },
        });
      }),
      runs(1_000),
    );
  });
});

describe('whatever a target answers', () => {
  const SECRET = 'not-for-ann';
  /** Data in which some members are secret, at any depth. */
  const withSecrets: fc.Arbitrary<JsonValue> = fc.letrec<{ value: JsonValue }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 4, withCrossShrink: true },
      fc.oneof(fc.integer(), fc.string({ maxLength: 5 }), fc.constant(null)) as fc.Arbitrary<JsonValue>,
      fc.array(tie('value'), { maxLength: 3 }),
      fc
        .array(
          fc.tuple(fc.oneof(fc.string({ maxLength: 4 }), fc.constantFrom('rows', '__proto__', 'a')), tie('value')),
          { maxLength: 3 },
        )
        .chain((members) =>
          fc.constantFrom(
            Object.fromEntries(members),
            Object.fromEntries([...members, ['SSN', SECRET], ['ssn', { deep: [SECRET] }]]),
          ),
        ),
    ),
  })).value;
  const forms = (value: JsonValue): JsonObject[] => [
    toolResult(value, true),
    { content: [], structuredContent: value },
    { content: [{ type: 'text', text: JSON.stringify(JSON.stringify(value)) }] },
    {
      content: [{ type: 'resource', resource: { uri: 'u', text: JSON.stringify(value) } }],
      _meta: { echo: value },
      more: value,
    },
  ];

  it('shows no redacted field in any form', async () => {
    const steps = coldSteps(world, 'redaction');
    await fc.assert(
      fc.asyncProperty(withSecrets, fc.nat(3), async (value, form) => {
        const result = forms(value)[form] ?? {};
        const output = await tryResponse(steps, responseEvent(toolCall('Notes___read'), resultOf(result)), options);
        expect(JSON.stringify(output)).not.toContain(SECRET);
      }),
      runs(2_000),
    );
  });

  it('shows no row of another owner in any form', async () => {
    const steps = coldSteps(world, 'row-scope');
    const row = fc.oneof(
      fc.record({ owner: fc.constant<JsonValue>('caller'), text: fc.constant('mine') }),
      fc.record({
        owner: fc.oneof(fc.constantFrom<JsonValue>('eve', 'Caller', 'caller ', ['caller']), anyJson),
        text: fc.constant(SECRET),
      }),
      fc.constant<JsonValue>({ text: SECRET }),
      fc.constant<JsonValue>([{ text: SECRET }]),
    );
    const shaped = fc.oneof(
      fc.array(row, { maxLength: 4 }).map((rows): JsonValue => ({ rows, count: rows.length })),
      fc.array(row, { maxLength: 4 }).map((rows): JsonValue => rows),
      row.map((rows): JsonValue => ({ rows })),
      row,
    );
    await fc.assert(
      fc.asyncProperty(shaped, fc.nat(3), async (value, form) => {
        fc.pre(!JSON.stringify(value).includes(`"owner":"caller","text":"${SECRET}"`));
        const event_ = responseEvent(toolCall(TOOL), resultOf(forms(value)[form] ?? {}));
        expect(JSON.stringify(await tryResponse(steps, event_, options))).not.toContain(SECRET);
      }),
      runs(2_000),
    );
  });

  it('shows no trusted field and no hidden tool in any listing', async () => {
    const steps = coldSteps(world, 'trusted-context', 'tool-filter');
    const tool = fc.oneof(
      fc.record({
        name: fc.constant(TOOL),
        inputSchema: fc.record({
          properties: fc.record({ [FIELD]: fc.constant(SECRET), q: anyJson }),
          required: fc.constant([FIELD, 'q']),
        }),
      }),
      fc.record({
        name: fc.constantFrom<JsonValue>('Admin___reset', 'claims___query', 7, null),
        description: fc.constant(SECRET),
      }),
      fc.constant<JsonValue>(SECRET),
      anyObject,
    ) as fc.Arbitrary<JsonObject>;
    await fc.assert(
      fc.asyncProperty(fc.array(tool, { maxLength: 4 }), fc.nat(3), async (tools, shape) => {
        const { request, result } = toolListings(tools)[shape] ?? { request: {}, result: {} };
        const output = await tryResponse(steps, responseEvent(request, resultOf(result)), options);
        expect(JSON.stringify(output)).not.toContain(SECRET);
      }),
      runs(1_500),
    );
  });
});
