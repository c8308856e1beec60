import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inputCheck } from '../../../../lambda/interceptor-kit/steps/input-check';
import { requestEvent, toolCall, tryRequest } from '../../../../lambda/interceptor-kit/testing';
import type { JsonObject, JsonValue } from '../../../../lib/contract/json';
import { expectDenied, expectPassed } from '../expect-output';

const SCHEMA: JsonObject = {
  type: 'object',
  properties: {
    id: { type: 'string', pattern: '^c-[0-9]+$' },
    amount: { type: 'number', maximum: 100 },
    lines: { type: 'array', items: { type: 'object', properties: { qty: { type: 'integer' } }, required: ['qty'] } },
  },
  required: ['id'],
  additionalProperties: false,
};

const attempt = (args: JsonObject, schema: JsonObject = SCHEMA, tool = 'T___x', denyWithoutSchema = true) =>
  tryRequest([inputCheck({ tools: ['*'], denyWithoutSchema }, { T___x: schema })], requestEvent(toolCall(tool, args)));

describe('input check', () => {
  it('lets fitting arguments pass as they are', async () => {
    const args = { id: 'c-1', amount: 99.5, lines: [{ qty: 1 }] };
    expectPassed(await attempt(args), toolCall('T___x', args));
  });

  it.each<[string, JsonObject, string]>([
    ['a missing argument', {}, 'id is missing'],
    ['another type', { id: 1 }, 'id is of another type than the schema says'],
    ['another pattern', { id: 'secret-value' }, 'id does not fit the pattern of the schema'],
    ['too large a number', { id: 'c-1', amount: 101 }, 'amount is too large'],
    [
      'a flaw inside',
      { id: 'c-1', lines: [{ qty: 1 }, { qty: 1.5 }] },
      'lines/1/qty is of another type than the schema says',
    ],
    ['an undeclared argument', { id: 'c-1', other: 1 }, 'other is not declared'],
    [
      'an undeclared __proto__',
      JSON.parse('{"id":"c-1","__proto__":{"a":1}}') as JsonObject,
      '__proto__ is not declared',
    ],
    ['a required argument that is null', { id: null }, 'id is missing'],
    ['a required member that is null', { id: 'c-1', lines: [{ qty: null }] }, 'lines/0/qty is missing'],
    ['an undeclared null', { id: 'c-1', other: null }, 'other is not declared'],
    ['null in a list', { id: 'c-1', lines: [null] }, 'lines/0 is of another type than the schema says'],
    [
      'a flaw beside null',
      { id: 'c-1', amount: null, lines: [{ qty: 1.5 }] },
      'lines/0/qty is of another type than the schema says',
    ],
  ])('denies %s and says where, but no values', async (_what, args, detail) => {
    const error = expectDenied(await attempt(args), 'invalid-arguments');
    expect((error['data'] as JsonObject)['details']).toContain(detail);
    expect(error['message']).toContain(detail);
    expect(JSON.stringify(error)).not.toContain('secret-value');
  });

  it('takes null for an argument that is absent, and leaves it as it is', async () => {
    const schema: JsonObject = {
      type: 'object',
      properties: {
        ...(SCHEMA['properties'] as JsonObject),
        kind: { enum: ['a', 'b'] },
        'a/b~c %': { anyOf: [{ type: 'string' }, { $ref: '#/$defs/part' }] },
        part: { $ref: '#/$defs/part' },
        parts: { type: 'array', items: { $ref: '#/$defs/part' } },
        cleared: { type: ['string', 'null'] },
      },
      required: ['id', 'cleared'],
      additionalProperties: false,
      $defs: { part: { type: 'object', properties: { note: { type: 'string' } }, additionalProperties: false } },
    };
    const none = { amount: null, lines: null, kind: null, 'a/b~c %': null, part: null };
    const fitting: JsonObject[] = [
      { id: 'c-1', cleared: null, ...none },
      { id: 'c-1', cleared: 'x', part: { note: null }, parts: [{ note: 'n' }, { note: null }] },
    ];
    for (const args of fitting) expectPassed(await attempt(args, schema), toolCall('T___x', args));
    expectDenied(await attempt({ id: 'c-1', ...none }, schema), 'invalid-arguments');
    expectDenied(await attempt({ id: 'c-1', cleared: null, part: { other: null } }, schema), 'invalid-arguments');
  });

  it('refuses null where something else requires the argument, or refuses its name', async () => {
    const optional: JsonObject = { type: 'object', properties: { a: { type: 'string' } } };
    expectDenied(await attempt({ a: null }, { ...optional, allOf: [{ required: ['a'] }] }), 'invalid-arguments');
    expectDenied(
      await attempt({ x1: null }, { ...optional, propertyNames: { pattern: '^[a-z]$' } }),
      'invalid-arguments',
    );
    const nowhere = { ...optional, allOf: [{ properties: { a: false } }] };
    expectDenied(await attempt({ a: null }, nowhere), 'invalid-arguments');
  });

  it('says the same of null as of nothing for whatever the schema does not take', async () => {
    const value = fc.constantFrom<JsonValue>(null, 'c-1', 'x', 5, 500, [], [{ qty: 1 }], [{ qty: null }]);
    const names = fc.constantFrom('id', 'amount', 'lines');
    await fc.assert(
      fc.asyncProperty(fc.dictionary(names, value), async (args) => {
        const present = Object.fromEntries(Object.entries(args).filter(([, member]) => member !== null));
        const [withNulls, without] = [await attempt(args), await attempt(present)];
        expect(withNulls.mcp.transformedGatewayResponse).toEqual(without.mcp.transformedGatewayResponse);
      }),
      { numRuns: 500 },
    );
  });

  it('follows references, and older dialects', async () => {
    const schema: JsonObject = {
      $schema: 'http://json-schema.org/draft-07/schema#',
      type: 'object',
      properties: { a: { $ref: '#/definitions/id' } },
      definitions: { id: { enum: ['x', 'y'] } },
    };
    expectPassed(await attempt({ a: 'x' }, schema));
    expectDenied(await attempt({ a: 'z' }, schema), 'invalid-arguments');
  });

  it('denies when a schema cannot be understood', async () => {
    expectDenied(await attempt({ a: 1 }, { type: 'object', properties: { a: { $ref: '#/nowhere' } } }), 'step-failed');
    expectDenied(await attempt({ a: 'a' }, { type: 'object', properties: { a: { pattern: '(' } } }), 'step-failed');
  });

  it('denies tools without schema unless told otherwise', async () => {
    expectDenied(await attempt({}, SCHEMA, 'Live___found'), 'unknown-tool');
    expectDenied(await attempt({}, SCHEMA, 'toString'), 'unknown-tool');
    expectPassed(await attempt({}, SCHEMA, 'Live___found', false));
    expectPassed(await attempt({ query: 'q' }, SCHEMA, 'x_amz_bedrock_agentcore_search'));
    expectDenied(await attempt({ query: 1 }, SCHEMA, 'x_amz_bedrock_agentcore_search'), 'invalid-arguments');
  });
});
