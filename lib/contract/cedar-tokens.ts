/** A token of Cedar text. Offsets are UTF-16 indexes. */
export interface Token {
  readonly kind: 'name' | 'string' | 'number' | 'slot' | 'sign';
  readonly text: string;
  readonly start: number;
  /** Exclusive. */
  readonly end: number;
}

const TOKEN =
  /(?<space>(?:[^\S\ufeff]|\x85)+|\/\/[^\n\r]*)|(?<string>"(?:[^"\\]|\\.)*(?:"|\\?$))|(?<name>[A-Za-z_][A-Za-z0-9_]*)|(?<number>[0-9]+)|(?<slot>\?[A-Za-z_][A-Za-z0-9_]*)|(?<sign>==|!=|<=|>=|&&|\|\||::|.)/gsu;

/**
 * The tokens of Cedar text, to find places in it and to compare two texts: Cedar itself parses. Takes any text; comments and white space are left
 * out, and a string without its end reaches to the end of the text. White space is what Cedar takes for it, U+0085 included and U+FEFF not, and a
 * comment ends at a carriage return too: text that Cedar evaluates must not look like a comment here.
 */
export function tokens(text: string): Token[] {
  const found: Token[] = [];
  for (const match of text.matchAll(TOKEN)) {
    const { space, string, name, number, slot } = match.groups ?? {};
    if (space !== undefined) continue;
    const kind =
      string !== undefined
        ? 'string'
        : name !== undefined
          ? 'name'
          : number !== undefined
            ? 'number'
            : slot !== undefined
              ? 'slot'
              : 'sign';
    found.push({ kind, text: match[0], start: match.index, end: match.index + match[0].length });
  }
  return found;
}
