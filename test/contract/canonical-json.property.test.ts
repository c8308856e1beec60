import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson, jsonBytes } from '../../lib/contract/canonical-json';
import type { JsonValue } from '../../lib/contract/json';

/** Names that an engine puts in another order than people do: indices come first. */
const name = fc.oneof(
  fc.constantFrom('0', '1', '10', '2', '01', '4294967295', '-1', '__proto__', 'b', 'a', 'é', '😀'),
  fc.string(),
);
/** Texts are written in one way when they are short and in another when they are long. */
const text = fc.oneof(
  fc.string(),
  fc.string({ minLength: 120, maxLength: 140, unit: 'binary' }),
  fc.constant('x'.repeat(200)),
);
const value = fc.letrec<{ value: JsonValue }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.oneof(text, fc.double(), fc.boolean(), fc.constant(null)) as fc.Arbitrary<JsonValue>,
    fc.array(tie('value'), { maxLength: 4 }),
    fc.array(fc.tuple(name, tie('value')), { maxLength: 5 }).map((members) => Object.fromEntries(members)),
  ),
})).value;

/** As the documentation says it. */
function written(json: JsonValue): string {
  if (typeof json !== 'object' || json === null) return JSON.stringify(json);
  if (Array.isArray(json)) return `[${json.map(written).join(',')}]`;
  const names = Object.keys(json).sort();
  return `{${names.map((member) => `${JSON.stringify(member)}:${written(json[member] as JsonValue)}`).join(',')}}`;
}

describe('canonical JSON', () => {
  it('has members in the order of their names, whatever the engine does', () => {
    fc.assert(
      fc.property(value, (json) => {
        expect(canonicalJson(json)).toBe(written(json));
      }),
      { numRuns: 5_000 },
    );
  });

  it('is as long as is said without writing it', () => {
    fc.assert(
      fc.property(value, (json) => {
        expect(jsonBytes(json)).toBe(Buffer.byteLength(JSON.stringify(json), 'utf8'));
      }),
      { numRuns: 5_000 },
    );
  });
});
