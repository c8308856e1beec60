import { depthChange, type Token, tokens } from '../text/lexer';

/** One policy in a text that may hold several. Offsets are UTF-16 indexes into that text. */
export interface TextSpan {
  /** Where its first annotation starts. */
  readonly start: number;
  /** Where `permit` or `forbid` starts, which is where the statement that is deployed starts. */
  readonly effect: number;
  /** Behind its semicolon. */
  readonly end: number;
  readonly tokens: readonly Token[];
}

/** The policies of a text, cut at semicolons outside of brackets, strings and comments. */
export function splitPolicies(text: string): TextSpan[] {
  const spans: TextSpan[] = [];
  let current: Token[] = [];
  let depth = 0;
  const close = (): void => {
    const [first] = current;
    const last = current.at(-1);
    if (first && last)
      spans.push({ start: first.start, effect: effectOf(current) ?? first.start, end: last.end, tokens: current });
    current = [];
    depth = 0;
  };
  for (const token of tokens(text)) {
    current.push(token);
    depth = Math.max(0, depth + depthChange(token));
    if (depth === 0 && token.text === ';') close();
  }
  close();
  return spans;
}

/** Where the effect stands: the first `permit` or `forbid` that is no annotation's name and lies outside of brackets. */
function effectOf(span: readonly Token[]): number | undefined {
  let depth = 0;
  for (const [index, token] of span.entries()) {
    const isEffect = token.kind === 'name' && (token.text === 'permit' || token.text === 'forbid');
    if (isEffect && depth === 0 && span[index - 1]?.text !== '@') return token.start;
    depth += depthChange(token);
  }
  return undefined;
}
