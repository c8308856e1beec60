import fc from 'fast-check';
import { expect, it } from 'vitest';
import { jsonInText } from '../../../lambda/interceptor-kit/json/text';

/** What the parser alone says, without a look at the ends first. */
function parsed(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'string' || (typeof value === 'object' && value !== null) ? value : undefined;
  } catch {
    return undefined;
  }
}

const space = fc.string({ unit: fc.constantFrom(' ', '\n', '\t', '\r'), maxLength: 3 });
const json = fc
  .tuple(space, fc.json({ stringUnit: 'grapheme' }), fc.nat(3), space)
  .map(([before, text, indent, after]) => before + JSON.stringify(JSON.parse(text), null, indent) + after);
const almost = fc.string({
  unit: fc.constantFrom(...'[]{}",:\\ \n\u00a0\ufeff0-1.5etrufalsn'.split('')),
  maxLength: 12,
});

it('reads the JSON text of objects, lists and texts, and nothing else, as the parser does', () => {
  fc.assert(
    fc.property(fc.oneof(json, almost, fc.string()), (text) => {
      expect(jsonInText(text)).toEqual(parsed(text));
    }),
    { numRuns: 3_000 },
  );
});
