/** Instructions of a compiled pattern beyond which it is refused. The engine's time grows with their number times that of the characters. */
export const PATTERN_SIZE_MAX = 2_000;

/** Instructions times characters beyond which a text is refused without a look. Some 50 ms. */
export const PATTERN_STEPS_MAX = 20_000_000;

const EVERY = '\\x00-\\x{10FFFF}';

/** What `\s` means in ECMAScript, and what `\S` does. RE2 knows the blanks of ASCII only. */
const BLANK = '\\t-\\r \\x{a0}\\x{1680}\\x{2000}-\\x{200a}\\x{2028}\\x{2029}\\x{202f}\\x{205f}\\x{3000}\\x{feff}';
const NO_BLANK =
  '\\x00-\\x08\\x0e-\\x1f!-\\x{9f}\\x{a1}-\\x{167f}\\x{1681}-\\x{1fff}\\x{200b}-\\x{2027}\\x{202a}-\\x{202e}' +
  '\\x{2030}-\\x{205e}\\x{2060}-\\x{2fff}\\x{3001}-\\x{fefe}\\x{ff00}-\\x{10FFFF}';

/** Categories by their long names. */
const CATEGORIES: ReadonlyMap<string, string> = new Map([
  ...[
    ['Letter', 'L'],
    ['Uppercase_Letter', 'Lu'],
    ['Lowercase_Letter', 'Ll'],
    ['Mark', 'M'],
    ['Number', 'N'],
  ],
  ...[
    ['Decimal_Number', 'Nd'],
    ['Punctuation', 'P'],
    ['Symbol', 'S'],
    ['Separator', 'Z'],
  ],
] as [string, string][]);

const ESCAPE =
  /^\\(?:u\{([0-9a-f]+)\}|u(d[89ab][0-9a-f]{2})\\u(d[c-f][0-9a-f]{2})|u([0-9a-f]{4})|x([0-9a-f]{2})|c([a-z])|([pP])\{([^}]*)\}|([\s\S]))/iu;

/** A piece of a pattern, and what it is for RE2. */
type Piece = readonly [text: string, translated: string];

/**
 * A pattern of ECMAScript, with the `u` flag, in the language of RE2, which matches in linear time. Throws a SyntaxError for what is no
 * pattern, and for what RE2 cannot do: look around, refer back, and properties of characters beyond category and script.
 *
 * Sources: ECMAScript 2024, section 22.2.1; RE2 wiki, page Syntax.
 */
export function linearSource(pattern: string): string {
  let { source: rest } = new RegExp(pattern, 'u');
  let translated = '';
  let inClass = false;
  while (rest !== '') {
    const [text, piece] = inClass ? classPiece(rest) : plainPiece(rest);
    if (inClass ? text === ']' : piece === '[' || piece === '[^') inClass = !inClass;
    translated += piece;
    rest = rest.slice(text.length);
  }
  return translated;
}

function plainPiece(rest: string): Piece {
  const [group] = /^\((?:\?(?:<?[=!]|<[^>]*>|:|))?/.exec(rest) ?? [];
  if (group !== undefined) {
    if (/[=!]$/.test(group)) throw new SyntaxError('it looks ahead or behind');
    if (group === '(?') throw new SyntaxError('it changes its flags');
    return [group, '(?:'];
  }
  const [opening] = /^\[\^?\]?/.exec(rest) ?? [];
  if (opening !== undefined) {
    return [opening, opening === '[]' ? `[^${EVERY}]` : opening === '[^]' ? `[${EVERY}]` : opening];
  }
  if (rest.startsWith('\\')) return escapePiece(rest, false);
  if (rest.startsWith('.')) return ['.', '[^\\n\\r\\x{2028}\\x{2029}]'];
  if (rest.startsWith('^')) return ['^', '\\A'];
  if (rest.startsWith('$')) return ['$', '\\z'];
  return characterPiece(rest);
}

function classPiece(rest: string): Piece {
  if (rest.startsWith('\\')) return escapePiece(rest, true);
  return /^[[^]/.test(rest) ? [rest.charAt(0), `\\${rest.charAt(0)}`] : characterPiece(rest);
}

function characterPiece(rest: string): Piece {
  const character = String.fromCodePoint(rest.codePointAt(0) ?? 0);
  return [character, character];
}

function escapePiece(rest: string, inClass: boolean): Piece {
  const [text = '', point, high, low, unit, byte, control, property, name, letter = ''] = ESCAPE.exec(rest) ?? [];
  const hex = point ?? unit ?? byte;
  if (hex !== undefined) return [text, code(Number.parseInt(hex, 16))];
  if (high !== undefined && low !== undefined) {
    return [text, code((Number.parseInt(high, 16) - 0xd800) * 0x400 + Number.parseInt(low, 16) - 0xdc00 + 0x10000)];
  }
  if (control !== undefined) return [text, code(control.charCodeAt(0) % 32)];
  if (property !== undefined && name !== undefined) return [text, `\\${property}{${propertyName(name)}}`];
  return [text, letterPiece(letter, inClass)];
}

function letterPiece(letter: string, inClass: boolean): string {
  if (/[1-9k]/.test(letter)) throw new SyntaxError('it refers back to a group');
  if (letter === 's') return inClass ? BLANK : `[${BLANK}]`;
  if (letter === 'S') return inClass ? NO_BLANK : `[${NO_BLANK}]`;
  if (letter === '0') return '\\x00';
  if (letter === 'b' && inClass) return '\\x08';
  return `\\${letter}`;
}

function propertyName(name: string): string {
  const [, category, script] =
    /^(?:(?:(?:General_Category|gc)=)?([A-Z][a-z]?|[A-Z][a-z]+(?:_[A-Z][a-z]+)?)|(?:Script|sc)=(\w+))$/.exec(name) ??
    [];
  const known = script ?? (category && (category.length <= 2 ? category : CATEGORIES.get(category)));
  if (known === undefined) throw new SyntaxError(`it uses the property ${name}`);
  return known;
}

function code(point: number): string {
  return `\\x{${point.toString(16)}}`;
}
