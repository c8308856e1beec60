import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { partMatcher, wholeMatcher } from '../../../../lambda/interceptor-kit/pattern/linear-matcher';
import { runs } from '../../../runs';

const character = fc.constantFrom(...Array.from('ab0_ -.\n\r\u2028\u00a0\ufeffé😀[]^$*{}\\/\u0000\t&'));
const atom: fc.Arbitrary<string> = fc.constantFrom(
  ...[
    'a',
    'b',
    '0',
    '.',
    '\\d',
    '\\D',
    '\\w',
    '\\W',
    '\\s',
    '\\S',
    '\\b',
    '\\B',
    '^',
    '$',
    '\\.',
    '\\/',
    '\\t',
    '\\0',
    '-',
  ],
  ...[
    '\\u0061',
    '\\x61',
    '\\cI',
    '\\u{1F600}',
    '\\uD83D\\uDE00',
    '😀',
    '\\p{L}',
    '\\p{Uppercase_Letter}',
    '\\P{Lu}',
    '\\p{gc=Nd}',
    '\\p{Script=Latin}',
  ],
  ...[
    '[ab]',
    '[^ab]',
    '[a-c0-9]',
    '[\\s\\S]',
    '[^\\s]',
    '[\\w-]',
    '[\\b]',
    '[[]',
    '[a^]',
    '[&&]',
    '[^]',
    '[]',
    '[\\-a]',
    '[\\u{1F600}é]',
  ],
);
const quantifier = fc.constantFrom('', '', '', '*', '+', '?', '{2}', '{0,3}', '{1,}', '*?', '+?');
/** Patterns that are short enough for an engine that goes back. */
const pattern = fc.letrec<{ whole: string }>((tie) => ({
  whole: fc
    .array(
      fc.tuple(
        fc.oneof(
          { maxDepth: 2, withCrossShrink: true },
          atom,
          tie('whole').map((inner) => `(${inner})`),
          tie('whole').map((inner) => `(?:${inner}|a)`),
          tie('whole').map((inner) => `(?<name>${inner})`),
        ),
        quantifier,
      ),
      { maxLength: 4 },
    )
    .map((pieces) =>
      pieces.map(([piece, count]) => (/^(?:\\[bB]|[\^$])$/.test(piece) ? piece : piece + count)).join(''),
    ),
})).whole;
const text = fc.array(character, { maxLength: 8 }).map((characters) => characters.join(''));

function isPattern(source: string): boolean {
  try {
    return new RegExp(source, 'u') instanceof RegExp;
  } catch {
    return false;
  }
}

// Covers interceptor.patterns
describe('linear matching', () => {
  it('finds what the engine of ECMAScript finds, as a whole and in parts', () => {
    fc.assert(
      fc.property(pattern.filter(isPattern), text, (source, input) => {
        expect(partMatcher(source)(input)).toBe(new RegExp(source, 'u').test(input));
        expect(wholeMatcher(source)(input)).toBe(new RegExp(`^(?:${source})$`, 'u').test(input));
      }),
      runs(1_500),
    );
  });

  it.each([
    ['(?=a)a', 'it looks ahead or behind'],
    ['(?<!a)b', 'it looks ahead or behind'],
    ['(a)\\1', 'it refers back to a group'],
    ['(?<n>a)\\k<n>', 'it refers back to a group'],
    ['\\p{Emoji}', 'it uses the property Emoji'],
    ['(?:[a-z]{800}-){1}[a-z]{900}[0-9]{900}', 'the pattern is too large'],
  ])('refuses %s: %s', (source, reason) => {
    expect(() => wholeMatcher(source)).toThrow(reason);
  });

  it.each(['(', 'a)|(?:b', '[b-a]', '\\q', 'a{2000}'])(
    'refuses %s, which is no pattern, or has too large a count',
    (source) => {
      expect(() => wholeMatcher(source)).toThrow();
    },
  );

  it('refuses a text that would take it too long, without a look', () => {
    expect(wholeMatcher('[a-z]{1,900}')('a'.repeat(900))).toBe(true);
    expect(partMatcher('[a-z]{1,900}')('a'.repeat(100_000))).toBe(false);
  });
});
