import { describe, expect, it } from 'vitest';
import { partMatcher } from '../../../../lambda/interceptor-kit/pattern/linear-matcher';
import { compileSchema } from '../../../../lambda/interceptor-kit/schema/compile';
import type { JsonValue } from '../../../../lib/contract/json';

const flawsOf = (schema: JsonValue, value: JsonValue) => compileSchema(schema, partMatcher)(value).flaws;
const places = (schema: JsonValue, value: JsonValue) =>
  flawsOf(schema, value).map(({ place, keyword }) => `${place} ${keyword}`);

// Covers interceptor.formats
describe('formats', () => {
  it.each<[string, string[], string[]]>([
    ['date', ['2024-02-29'], ['2023-02-29', '2024-13-01', '2024-1-1', '2024-02-29T']],
    ['time', ['23:59:60Z', '10:00:00.123456789+02:00'], ['24:00:00Z', '10:00:00', '10:00Z']],
    [
      'date-time',
      ['2026-11-29T01:02:03Z', '2026-11-29t01:02:03.5z', '2026-11-29 01:02:03-08:00'],
      ['2026-11-29', '2026-11-29T01:02:03', '2026-02-30T01:02:03Z'],
    ],
    ['duration', ['P1Y2M3DT4H5M6S', 'PT1H', 'P2W', 'PT0.5S'], ['P', 'PT', '1H', 'P1H', 'P1Y2W']],
    ['email', ['a.b+c@d-e.example'], ['a', '@b.example', 'a@', 'a b@c.example', `${'a'.repeat(65)}@b.example`]],
    ['hostname', ['a.b-c.example', 'a'], ['-a.example', 'a..b', `${'a'.repeat(64)}.example`, '']],
    ['ipv4', ['1.2.3.4'], ['1.2.3', '256.1.1.1', '01.2.3.4', '1.2.3.4/8']],
    ['ipv6', ['::1', '2001:db8::1.2.3.4'], [':1', '::1%eth0', '1::2::3']],
    ['uuid', ['123e4567-e89b-12d3-a456-426614174000'], ['123e4567e89b12d3a456426614174000']],
    ['uri', ['https://a.example/b?c=%20#d', 'urn:a:b'], ['/a', 'https://a b', 'a:%zz', 'http://a.example/<b>']],
    ['uri-reference', ['/a/b?c', '#x', ''], ['\\a', 'a b']],
    ['url', ['https://a.example/b'], ['a', 'https://']],
    ['json-pointer', ['', '/a~0b/~1'], ['a', '/~2']],
    ['of-tomorrow', ['anything'], []],
  ])('%s', (format, fitting, others) => {
    for (const text of fitting) expect([text, flawsOf({ format }, text)]).toEqual([text, []]);
    for (const text of others) expect([text, places({ format }, text)]).toEqual([text, [' format']]);
  });
});

describe('references', () => {
  it.each<[string, JsonValue]>([
    ['a pointer', { $ref: '#/$defs/a~1b%20c', $defs: { 'a/b c': { type: 'string' } } }],
    ['an anchor', { $ref: '#x', $defs: { a: { $anchor: 'x', type: 'string' } } }],
    ['an address', { $id: 'https://a.example/s', $ref: 'other', $defs: { a: { $id: 'other', type: 'string' } } }],
    ['a dynamic anchor', { $dynamicRef: '#x', $defs: { a: { $dynamicAnchor: 'x', type: 'string' } } }],
    [
      'what stands beside it in draft 7',
      {
        $schema: 'http://json-schema.org/draft-07/schema#',
        $ref: '#/definitions/a',
        minLength: 9,
        definitions: { a: { type: 'string' } },
      },
    ],
  ])('lead to %s', (_what, schema) => {
    expect(places(schema, 'a')).toEqual([]);
    expect(places(schema, 1)).toEqual([' type']);
  });

  it.each<[string, JsonValue]>([
    ['nowhere', { $ref: '#/nowhere' }],
    ['to another document', { $ref: 'https://a.example/schema' }],
    ['to one of several schemas', { $dynamicRef: '#x', $defs: { a: { $id: 'a', $dynamicAnchor: 'x' } } }],
    ['no text', { $ref: 1 }],
  ])('that lead %s are not understood', (_what, schema) => {
    expect(() => flawsOf(schema, 'a')).toThrow();
  });

  it('to themselves do not go on for ever', () => {
    expect(() => flawsOf({ $ref: '#' }, {})).toThrow('a schema refers to itself only');
  });
});

describe('flaws', () => {
  it('name every place, and the branches in which nothing fits', () => {
    const part = { type: 'object', properties: { n: { type: 'integer' } }, required: ['n'] };
    expect(
      places(
        { properties: { 'a/b~': { items: part }, c: { anyOf: [part, { const: 1 }] } }, additionalProperties: false },
        { 'a/b~': [{ n: 1 }, { n: 1.5 }, {}], c: 'x', d: 1 },
      ),
    ).toEqual(['/a~1b~0/1/n type', '/a~1b~0/2/n required', '/c type', '/c const', '/c anyOf', '/d false']);
  });
});

describe('time', () => {
  it('grows with the value only, however branches overlap', () => {
    const branch = (more: JsonValue) => ({ properties: { child: { $ref: '#/$defs/node' } }, required: [more] });
    const schema = { $ref: '#/$defs/node', $defs: { node: { anyOf: ['a', 'b', 'c'].map(branch) } } };
    let value: JsonValue = {};
    for (let depth = 0; depth < 64; depth++) value = { child: value };
    // Each branch judges the child again: 3 to the power of 64 visits, if nobody remembers.
    expect(flawsOf(schema, value).length).toBeGreaterThan(0);
  });
});
