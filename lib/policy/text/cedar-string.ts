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

const ESCAPE = /\\(?:u\{([0-9a-fA-F]{1,6})\}|x([0-9a-fA-F]{2})|(.))/gsu;

/** The text of a Cedar string literal with its quotes. Unknown escapes, such as `\*` of a pattern, stay as they are. */
export function unquote(literal: string): string {
  return literal.slice(1, -1).replace(ESCAPE, (written, unicode?: string, byte?: string, character?: string) => {
    const code = unicode ?? byte;
    if (code !== undefined) return codePoint(Number.parseInt(code, 16), written);
    return UNESCAPES[character ?? ''] ?? written;
  });
}

function codePoint(code: number, otherwise: string): string {
  return code <= 0x10ffff ? String.fromCodePoint(code) : otherwise;
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
