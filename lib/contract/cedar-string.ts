/** A Cedar string literal. */
export function quote(text: string): string {
  const escaped = text.replace(/[\\"\0\n\r\t]/g, (character) => ESCAPES[character] ?? character);
  return `"${escaped}"`;
}

const ESCAPES: { readonly [character: string]: string } = {
  '\\': '\\\\',
  '"': '\\"',
  '\0': '\\0',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
};

const ESCAPE = /\\(?:u\{([0-9a-fA-F][0-9a-fA-F_]*)\}|x([0-7][0-9a-fA-F])|(.))/gsu;

/** Hexadecimal digits that Cedar takes in an escape, without the underscores between and behind them. */
const MAX_DIGITS = 6;

/**
 * The text of a Cedar string literal with its quotes, as Cedar reads it; the escapes are Rust's. What Cedar would refuse stays as it is,
 * and so does `\*` of a pattern.
 */
export function unquote(literal: string): string {
  return literal.slice(1, -1).replace(ESCAPE, (written, unicode?: string, byte?: string, character?: string) => {
    if (unicode !== undefined) return codePoint(unicode.replaceAll('_', ''), written);
    if (byte !== undefined) return codePoint(byte, written);
    return UNESCAPES[character ?? ''] ?? written;
  });
}

/**
 * Texts between the wildcards of a pattern, which is the literal behind `like`, as Cedar reads them: `\*` is an asterisk, and an asterisk is a
 * wildcard however else it is written.
 */
export function patternParts(literal: string): readonly string[] {
  const parts = [''];
  for (const [written] of literal.slice(1, -1).matchAll(/\\(?:u\{[^}]*\}|x..|.)|\*|[^\\*]+/gsu)) {
    const text = written === '\\*' ? '*' : unquote(`"${written}"`);
    if (text === '*' && written !== '\\*') parts.push('');
    else parts[parts.length - 1] += text;
  }
  return parts;
}

function codePoint(digits: string, otherwise: string): string {
  const code = Number.parseInt(digits, 16);
  const isScalar = code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff);
  return isScalar && digits.length <= MAX_DIGITS ? String.fromCodePoint(code) : otherwise;
}

const UNESCAPES: { readonly [character: string]: string } = {
  '\\': '\\',
  '"': '"',
  "'": "'",
  '0': '\0',
  n: '\n',
  r: '\r',
  t: '\t',
};
