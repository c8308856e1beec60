import { describe, expect, it } from 'vitest';
import { InputError, type InputOptions, toCedarInput } from '../../../lib/contract/arguments/cedar-input';
import type { CedarRecord, CedarType } from '../../../lib/contract/arguments/cedar-type';
import type { JsonObject, JsonValue } from '../../../lib/contract/json';

function record(attributes: { [name: string]: CedarType }, required: readonly string[] = []): CedarRecord {
  return {
    kind: 'record',
    attributes: new Map(
      Object.entries(attributes).map(([name, type]) => [name, { type, required: required.includes(name) }]),
    ),
  };
}

function convert(input: JsonObject, type: CedarRecord, options: InputOptions = {}): JsonObject {
  return toCedarInput(input, type, options).input;
}

/** The converted value of a single argument. */
function value(given: JsonValue, type: CedarType): JsonValue | undefined {
  return convert({ a: given }, record({ a: type }))['a'];
}

const STRING: CedarType = { kind: 'string' };

describe('toCedarInput', () => {
  it('keeps strings, booleans and integers', () => {
    expect(value('x', STRING)).toBe('x');
    expect(value(true, { kind: 'bool' })).toBe(true);
    expect(value(5, { kind: 'long' })).toBe(5);
    expect(value(5.0, { kind: 'long' })).toBe(5);
  });

  it('makes numbers decimals, truncated to four places', () => {
    expect(value(1.23456, { kind: 'decimal' })).toEqual({ __extn: { fn: 'decimal', arg: '1.2345' } });
    expect(value(5, { kind: 'decimal' })).toEqual({ __extn: { fn: 'decimal', arg: '5.0' } });
  });

  it('makes strings of a format extension values', () => {
    expect(value('2026-01-01', { kind: 'datetime' })).toEqual({ __extn: { fn: 'datetime', arg: '2026-01-01' } });
    expect(value('10.0.0.1', { kind: 'ipaddr' })).toEqual({ __extn: { fn: 'ip', arg: '10.0.0.1' } });
    expect(value('1.5', { kind: 'decimal-string' })).toEqual({ __extn: { fn: 'decimal', arg: '1.5' } });
  });

  // Covers assumed.null-arguments
  it('leaves nulls out at every level', () => {
    const inner = record({ b: STRING });
    const type = record({ a: STRING, r: inner, s: { kind: 'set', element: STRING } });
    expect(convert({ a: null, r: { b: null }, s: ['x', null] }, type)).toEqual({ r: {}, s: ['x'] });
  });

  it.each<[JsonValue, CedarType]>([
    [1, STRING],
    ['1', { kind: 'long' }],
    [1.5, { kind: 'long' }],
    [2 ** 53, { kind: 'long' }],
    ['5.0', { kind: 'decimal' }],
    [1e300, { kind: 'decimal' }],
    [5, { kind: 'decimal-string' }],
    ['true', { kind: 'bool' }],
    ['x', { kind: 'set', element: STRING }],
    [[1], { kind: 'set', element: STRING }],
    [[], record({})],
    ['c', { kind: 'enum', entity: 'AgentCore::T::Input::a', values: ['a', 'b'] }],
    [['x'], { kind: 'tuple', items: [STRING, STRING] }],
    [1, { kind: 'choice', choices: [STRING, { kind: 'bool' }] }],
  ])('refuses %j as %j', (given, type) => {
    expect(() => value(given, type)).toThrow(InputError);
  });

  it('refuses a call without a required argument, at every level', () => {
    const type = record({ a: STRING, r: record({ b: STRING }, ['b']) }, ['a']);
    expect(() => convert({}, type)).toThrow('required argument `a` is missing');
    expect(() => convert({ a: null }, type)).toThrow('required argument `a` is missing');
    expect(() => convert({ a: 'x', r: {} }, type)).toThrow('required argument `r.b` is missing');
  });

  it('refuses or drops arguments that are not declared, at every level', () => {
    const type = record({ r: record({}) });
    expect(() => convert({ x: 1 }, type)).toThrow('argument `x` is not declared');
    expect(() => convert({ r: { x: 1 } }, type)).toThrow('argument `r.x` is not declared');
    expect(convert({ x: 1, r: { x: 1 } }, type, { unknownArguments: 'drop' })).toEqual({ r: {} });
  });

  it('never lets a name of an argument be an escape or a prototype', () => {
    const declared = record({ __extn: STRING, __entity: STRING, __proto__: STRING });
    for (const name of ['__extn', '__entity']) expect(() => convert({ [name]: 'x' }, declared)).toThrow(InputError);
    const hostile = JSON.parse('{"__proto__":"x"}') as JsonObject;
    expect(() => convert(hostile, record({}))).toThrow('argument `__proto__` is not declared');
    expect(convert(hostile, record({}), { unknownArguments: 'drop' })).toEqual({});
    const own = new Map([['__proto__', { type: STRING, required: false }]]);
    const converted = convert(hostile, { kind: 'record', attributes: own });
    expect(Object.entries(converted)).toEqual([['__proto__', 'x']]);
    expect(Object.getPrototypeOf(converted)).toBe(Object.prototype);
  });

  it('takes the first choice that fits', () => {
    const type: CedarType = { kind: 'choice', choices: [{ kind: 'long' }, STRING, record({ b: STRING })] };
    expect(value('x', type)).toEqual({ typeChoice1: 'x' });
    expect(value({ b: 'y' }, type)).toEqual({ typeChoice2: { b: 'y' } });
  });

  it('makes an object with other members an entity with tags', () => {
    const type: CedarType = { kind: 'tagged', entity: 'AgentCore::T::Input::a', attributes: new Map(), tags: STRING };
    const { input, entities } = toCedarInput({ a: { x: 'y' } }, record({ a: type }));
    const uid = { type: 'AgentCore::T::Input::a', id: '["a"]' };
    expect(input).toEqual({ a: { __entity: uid } });
    expect(entities).toEqual([{ uid, attrs: {}, parents: [], tags: { x: 'y' } }]);
  });

  it('refuses what nests deeper than 64 levels', () => {
    let type: CedarType = STRING;
    let given: JsonValue = 'x';
    for (let level = 0; level < 70; level += 1) {
      type = { kind: 'set', element: type };
      given = [given];
    }
    expect(() => value(given, type)).toThrow('nested too deep');
  });
});
