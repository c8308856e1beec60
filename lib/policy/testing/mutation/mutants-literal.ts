import type { Token } from '../../text/lexer';
import type { Edit, Subject } from './mutation-subject';

/** Ends a changed text: no claim or argument of a test will hold it. */
const CHANGE = '~';

/** Numbers, decimals and times moved by the least step, texts changed, quotes around a group name dropped. */
export function literalEdits({ tokens }: Subject): Edit[] {
  return tokens.flatMap((token, index) => {
    const edit = (replacement: string): Edit => ({ start: token.start, end: token.end, replacement });
    if (token.kind === 'number') {
      const value = BigInt(token.text);
      return [edit(`${value + 1n}`), ...(value > 0n ? [edit(`${value - 1n}`)] : [])];
    }
    if (token.kind !== 'string' || isName(tokens, index)) return [];
    const maker = makerOf(tokens, index);
    if (maker === 'decimal') return decimals(token.text).map(edit);
    if (maker === 'datetime') return times(tokens, index);
    if (maker !== undefined) return [];
    return tokens[index - 1]?.text === 'like' ? patterns(token.text).map(edit) : [edit(changed(token.text))];
  });
}

/** Whether a text is the name of an attribute, as in `context.input["account-id"]` and `has "account-id"`. */
function isName(tokens: readonly Token[], index: number): boolean {
  const before = tokens[index - 1]?.text;
  const owner = tokens[index - 2];
  const isIndex = before === '[' && (owner?.kind === 'name' || owner?.text === ']' || owner?.text === ')');
  return before === 'has' || (isIndex && tokens[index + 1]?.text === ']');
}

/** Name of the function whose only argument a token is. */
function makerOf(tokens: readonly Token[], index: number): string | undefined {
  const name = tokens[index - 2];
  const isArgument = tokens[index - 1]?.text === '(' && tokens[index + 1]?.text === ')';
  return isArgument && ['decimal', 'datetime', 'duration', 'ip'].includes(name?.text ?? '') ? name?.text : undefined;
}

/** A ten-thousandth more and less: the least step that Cedar's decimals know. */
function decimals(literal: string): string[] {
  const parts = /^"(-?)([0-9]+)\.([0-9]{1,4})"$/.exec(literal);
  if (parts === null) return [];
  const [, sign, whole = '', fraction = ''] = parts;
  const scaled = BigInt(`${sign}${whole}${fraction.padEnd(4, '0')}`);
  return [scaled + 1n, scaled - 1n].map((value) => {
    const digits = `${value < 0n ? -value : value}`.padStart(5, '0');
    return `"${value < 0n ? '-' : ''}${digits.slice(0, -4)}.${digits.slice(-4)}"`;
  });
}

/** A millisecond later and earlier. */
function times(tokens: readonly Token[], index: number): Edit[] {
  const close = tokens[index + 1];
  if (close === undefined) return [];
  return ['1ms', '-1ms'].map((step) => ({
    start: close.start,
    end: close.end,
    replacement: `).offset(duration("${step}"))`,
  }));
}

function changed(literal: string): string {
  return `${literal.slice(0, -1)}${CHANGE}"`;
}

/** Without the JSON quotes, so that `admin` matches `superadmin` too; and with another text. */
function patterns(literal: string): string[] {
  const unquoted = literal.replaceAll('\\"', '');
  const other = literal.replace(/[A-Za-z0-9](?=[^A-Za-z0-9]*"$)/, `$&${CHANGE}`);
  return [unquoted, other === literal ? changed(literal) : other].filter((pattern) => pattern !== literal);
}
