import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { JsonObject } from '../../lib/contract/json';
import { publishSchema } from '../../lib/contract/published-schema';

const fromZod = (schema: z.ZodType) =>
  publishSchema(schema.toJSONSchema({ io: 'input', unrepresentable: 'any' }) as JsonObject);
const member = (schema: z.ZodType) => fromZod(z.object({ a: schema }));

describe('publishSchema', () => {
  // Covers target.schema
  it('keeps the five keywords that the gateway knows', () => {
    const input = z.object({
      id: z.string().describe('The id'),
      count: z.int(),
      ratio: z.number().optional(),
      urgent: z.boolean(),
      tags: z.array(z.object({ key: z.string() })),
      address: z.object({ zip: z.string(), street: z.string().optional() }).describe('Where'),
    });
    expect(fromZod(input)).toEqual({
      schema: {
        type: 'object',
        properties: {
          id: { type: 'string', description: 'The id' },
          count: { type: 'integer' },
          ratio: { type: 'number' },
          urgent: { type: 'boolean' },
          tags: {
            type: 'array',
            items: { type: 'object', properties: { key: { type: 'string' } }, required: ['key'] },
          },
          address: {
            type: 'object',
            description: 'Where',
            properties: { zip: { type: 'string' }, street: { type: 'string' } },
            required: ['zip'],
          },
        },
        required: ['id', 'count', 'urgent', 'tags', 'address'],
      },
      lost: [],
      problems: [],
    });
  });

  it.each<[string, z.ZodType, string, boolean, string[]]>([
    ['enum', z.enum(['EU', 'US']), 'string', true, ['enum']],
    ['literal', z.literal(5), 'number', true, ['const']],
    ['union of literals', z.union([z.literal('a'), z.literal('b')]), 'string', true, ['anyOf']],
    ['integer or number', z.union([z.int(), z.number()]), 'number', true, ['anyOf']],
    ['email', z.email(), 'string', true, ['format', 'pattern']],
    ['bounds', z.int().min(1).max(9), 'integer', true, ['minimum', 'maximum']],
    ['default', z.string().default('x'), 'string', false, ['default']],
    ['optional', z.string().optional(), 'string', false, []],
    ['nullable', z.string().nullable(), 'string', false, []],
    ['nullish integer', z.int().nullish(), 'integer', false, []],
    ['nullable enum', z.enum(['a']).nullable(), 'string', false, ['enum']],
    ['coerced', z.coerce.number(), 'number', true, []],
    ['transformed', z.string().transform(Number), 'string', true, []],
  ])('reduces %s', (_name, schema, type, required, lost) => {
    const published = member(schema);
    expect(published.problems).toEqual([]);
    expect(published.schema['properties']).toEqual({ a: { type } });
    expect(published.schema['required']).toEqual(required ? ['a'] : undefined);
    expect(published.lost).toEqual(lost.map((keyword) => ({ path: 'a', keyword })));
  });

  it.each<[string, z.ZodType, string]>([
    ['union', z.union([z.string(), z.number()]), 'a union'],
    [
      'discriminated union',
      z.discriminatedUnion('k', [z.object({ k: z.literal('a') }), z.object({ k: z.literal('b') })]),
      'a union',
    ],
    ['record', z.record(z.string(), z.number()), 'a record with open keys'],
    ['tuple', z.tuple([z.string(), z.number()]), 'a tuple'],
    ['null', z.null(), 'null'],
    ['any', z.any(), 'a value of any type'],
    ['unknown', z.unknown(), 'a value of any type'],
    ['date', z.date(), 'a value of any type'],
    ['never', z.never(), 'a type without values'],
    ['array of anything', z.array(z.any()), 'a value of any type'],
  ])('has no words for %s', (_name, schema, what) => {
    const [problem, ...others] = member(schema).problems;
    expect(others).toEqual([]);
    expect(problem?.path).toMatch(/^a(\[\])?$/);
    expect(problem?.what).toBe(what);
    expect(problem?.instead).not.toBe('');
  });

  it('says where in nested schemas', () => {
    const schema = z.object({ list: z.array(z.object({ inner: z.record(z.string(), z.string()), mail: z.email() })) });
    const { problems, lost } = fromZod(schema);
    expect(problems.map(({ path }) => path)).toEqual(['list[].inner']);
    expect(lost[0]).toEqual({ path: 'list[].mail', keyword: 'format' });
  });

  it('joins intersections of objects', () => {
    const { schema, problems } = member(
      z.intersection(z.object({ x: z.string() }), z.object({ y: z.int().optional() })),
    );
    expect(problems).toEqual([]);
    expect(schema['properties']).toEqual({
      a: { type: 'object', properties: { x: { type: 'string' }, y: { type: 'integer' } }, required: ['x'] },
    });
  });

  it('writes named definitions out, and refuses a type that contains itself', () => {
    const part = z.object({ x: z.string() }).meta({ id: 'Part' });
    expect(fromZod(z.object({ a: part, b: part.nullable() })).schema).toEqual({
      type: 'object',
      properties: {
        a: { type: 'object', properties: { x: { type: 'string' } }, required: ['x'] },
        b: { type: 'object', properties: { x: { type: 'string' } }, required: ['x'] },
      },
      required: ['a'],
    });
    const tree = z.object({
      name: z.string(),
      get left() {
        return tree.nullable();
      },
      get right() {
        return tree.nullable();
      },
    });
    const { problems } = fromZod(z.object({ tree }));
    expect(new Set(problems.map(({ what }) => what))).toEqual(new Set(['a type that contains itself']));
  });

  it('stops at a schema that unfolds into too much', () => {
    const $defs: JsonObject = { d0: { type: 'string' } };
    for (let level = 1; level <= 40; level++) {
      const half = { $ref: `#/$defs/d${level - 1}` };
      $defs[`d${level}`] = { type: 'object', properties: { l: half, r: half } };
    }
    const { problems } = publishSchema({ type: 'object', properties: { a: { $ref: '#/$defs/d40' } }, $defs });
    expect(problems).toHaveLength(1);
  });

  it.each<[JsonObject, string]>([
    [{ $ref: '#/$defs/missing' }, 'which leads nowhere'],
    [{ $ref: 'https://example.com/schema.json' }, 'which leads nowhere'],
    [{ anyOf: [{ $ref: '#/properties/a' }] }, 'contains itself'],
    [{ type: 'array' }, 'a value of any type'],
    [{ type: ['string', 'array'] }, 'a union'],
    [{ type: 'banana' }, 'the type `banana`'],
    [{ enum: [null] }, 'null'],
    [{ enum: ['a', 1] }, 'a union'],
  ])('finds the problem of hand-written %j', (schema, what) => {
    const { problems } = publishSchema({ type: 'object', properties: { a: schema } });
    expect(problems.map((problem) => problem.what).join()).toContain(what);
  });

  it('keeps awkward property names', () => {
    const properties = JSON.parse('{"__proto__":{"type":"string"},"toString":{"type":"integer"}}') as JsonObject;
    const { schema } = publishSchema({ type: 'object', properties, required: ['__proto__'] });
    expect(JSON.stringify(schema)).toBe(
      '{"type":"object","properties":{"__proto__":{"type":"string"},"toString":{"type":"integer"}},"required":["__proto__"]}',
    );
  });

  it('only ever writes the five keywords, and reducing again changes nothing', () => {
    const names = fc.constantFrom(
      'type',
      'properties',
      'items',
      'anyOf',
      'enum',
      'required',
      'format',
      '$ref',
      'allOf',
    );
    const value: fc.Arbitrary<unknown> = fc.letrec((tie) => ({
      node: fc.oneof(
        { maxDepth: 4 },
        fc.constantFrom<unknown>('string', 'object', 'array', 'integer', null, 5, '#', '#/properties/a', true),
        fc.array(tie('node'), { maxLength: 3 }),
        fc.dictionary(fc.oneof(names, fc.string({ maxLength: 3 })), tie('node'), { maxKeys: 4 }),
      ),
    })).node;
    fc.assert(
      fc.property(fc.dictionary(names, value), (schema) => {
        const first = publishSchema(schema as JsonObject);
        if (first.problems.length > 0) return;
        expectPublished(first.schema);
        expect(publishSchema(first.schema)).toEqual({ schema: first.schema, lost: [], problems: [] });
      }),
      { numRuns: 500 },
    );
  });
});

function expectPublished(schema: JsonObject): void {
  for (const keyword of Object.keys(schema)) {
    expect(['type', 'properties', 'required', 'items', 'description']).toContain(keyword);
  }
  expect(['string', 'number', 'integer', 'boolean', 'object', 'array']).toContain(schema['type']);
  for (const child of Object.values((schema['properties'] ?? {}) as JsonObject)) expectPublished(child as JsonObject);
  if (schema['items'] !== undefined) expectPublished(schema['items'] as JsonObject);
}
