/** Signs that nobody sees, that turn the direction of a text, or that would end a name in backticks. */
const HIDDEN = /[\p{C}\p{Zl}\p{Zp}`]/gu;

/** A text of a policy as a sentence shows it: in quotes, with escapes for what nobody would see. */
export function quotedText(text: string): string {
  return JSON.stringify(text).replace(HIDDEN, escaped);
}

/** A name, such as one of a claim or a tool, in backticks. */
export function quotedName(name: string): string {
  return `\`${quotedText(name).slice(1, -1)}\``;
}

/** A path of names: `a.b`, or `a["b c"]` where a name is no identifier. */
export function quotedPath([first = '', ...rest]: readonly string[]): string {
  const steps = rest.map((name) => (/^[A-Za-z_]\w*$/u.test(name) ? `.${name}` : `[${quotedText(name)}]`));
  return `\`${quotedText(first).slice(1, -1)}${steps.join('')}\``;
}

/** "a, b or c". */
export function listed(items: readonly string[], word: 'and' | 'or' | 'nor'): string {
  if (items.length < 2) return items.join('');
  return `${items.slice(0, -1).join(', ')} ${word} ${items.at(-1)}`;
}

function escaped(sign: string): string {
  return `\\u${(sign.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`;
}
