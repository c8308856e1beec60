import fc from 'fast-check';
import { patternParts, unquote } from '../../lib/contract/cedar-string';
import { type Token, tokens } from '../../lib/policy/text/lexer';

/** What Cedar takes for nothing between two tokens: white space of every kind, and comments to the end of their line. */
export const trivia: fc.Arbitrary<string> = fc
  .array(
    fc.oneof(
      fc.constantFrom(...' \t\n\r\v\f\u0085\u00a0\u1680\u2003\u2028\u2029\u3000'.split('')),
      fc
        .tuple(
          fc.string({ unit: 'grapheme', maxLength: 6 }),
          fc.constantFrom('', '"', '\\', ';', '}', '/*', '// ', '\u2028', '\u0085'),
          fc.constantFrom('\n', '\r', '\r\n'),
        )
        .map(([text, extra, end]) => `//${text.replace(/[\n\r]/g, '')}${extra}${end}`),
    ),
    { minLength: 1, maxLength: 3 },
  )
  .map((parts) => parts.join(''));

const SHORT: { readonly [character: string]: string } = {
  '\\': '\\\\',
  '"': '\\"',
  "'": "\\'",
  '\0': '\\0',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
};

/** Each way in which a literal may spell a character. */
function spellings(character: string): fc.Arbitrary<string> {
  const code = character.codePointAt(0) ?? 0;
  const hex = code.toString(16);
  const isPlain = !'"\\\r'.includes(character);
  const ways: fc.Arbitrary<string>[] = [
    fc
      .tuple(
        fc.constantFrom(...new Set([hex, hex.toUpperCase(), hex.padStart(6, '0')])),
        fc.array(fc.nat({ max: 2 }), { minLength: 6, maxLength: 6 }),
      )
      .map(([digits, underscores]) => {
        const written = Array.from(digits, (digit, index) => digit + '_'.repeat(underscores[index] ?? 0));
        return `\\u{${written.join('')}}`;
      }),
  ];
  if (isPlain) ways.push(fc.constant(character), fc.constant(character));
  if (code < 0x80) ways.push(fc.constant(`\\x${hex.padStart(2, '0')}`));
  const short = SHORT[character];
  if (short !== undefined) ways.push(fc.constant(short));
  return fc.oneof(...ways);
}

/** Literals of a text, in every spelling. */
export function spelled(text: string): fc.Arbitrary<string> {
  return fc.tuple(...Array.from(text, spellings)).map((parts) => `"${parts.join('')}"`);
}

/** Texts in quotes, most of which Cedar takes and some of which it refuses. */
export const literal: fc.Arbitrary<string> = fc
  .array(
    fc.oneof(
      fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }).chain(spellings),
      fc.constantFrom(
        ...'\\u{} \\u{_6} \\u{d800} \\u{110000} \\u{0000062} \\u{6 \\u62 \\x8f \\x6 \\X62 \\a \\* \\" \\\\'.split(' '),
        '\\\n ',
        '\r',
        '\n',
        '\ufeff',
      ),
    ),
    { maxLength: 4 },
  )
  .map((parts) => `"${parts.join('')}"`);

/** The same program in other words: other white space, comments between all tokens, other spellings of its strings. */
export function respelled(program: string): fc.Arbitrary<string> {
  const all = tokens(program);
  return fc
    .tuple(...all.map((token, index) => fc.tuple(rewritten(token, all[index - 1]), fc.option(trivia))))
    .map((parts) =>
      parts
        .map(([text, behind], index) => text + (behind ?? (needsBlank(all[index], all[index + 1]) ? ' ' : '')))
        .join(''),
    );
}

function rewritten(token: Token, before: Token | undefined): fc.Arbitrary<string> {
  if (token.kind !== 'string') return fc.constant(token.text);
  return before?.text === 'like' ? spelledPattern(patternParts(token.text)) : spelled(unquote(token.text));
}

/** Patterns with texts between their wildcards, in every spelling: an asterisk that is none stands behind a backslash. */
export function spelledPattern(parts: readonly string[]): fc.Arbitrary<string> {
  const wildcard = fc.constantFrom('*', '*', '\\u{2a}', '\\u{2_A}', '\\x2a');
  const texts = parts.map((part) =>
    fc
      .tuple(...Array.from(part, (character) => (character === '*' ? fc.constant('\\*') : spellings(character))))
      .map((written) => written.join('')),
  );
  return fc
    .tuple(fc.tuple(...texts), fc.array(wildcard, { minLength: parts.length, maxLength: parts.length }))
    .map(
      ([written, stars]) => `"${written.map((text, index) => (index === 0 ? text : stars[index] + text)).join('')}"`,
    );
}

function needsBlank(token: Token | undefined, next: Token | undefined): boolean {
  if (token === undefined || next === undefined) return false;
  return token.kind !== 'string' && next.kind !== 'string' && !'(){}[],;'.includes(token.text + next.text);
}
