import { depthChange, type Token, tokens } from '../text/lexer';

/** A part of a statement's text. UTF-16 indexes, the end exclusive. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A `when` or `unless` with the parts that `&&` or `||` joins at its top. */
export interface ConditionOutline extends Span {
  readonly kind: 'when' | 'unless';
  /** Between the braces. */
  readonly body: Span;
  /** At least one. */
  readonly operands: readonly Span[];
  /** Joins the operands, when there are several. */
  readonly operator?: '&&' | '||';
}

/** Where the parts of a statement stand. Only for places: Cedar parses, and what is made from a place is parsed by Cedar again. */
export interface StatementOutline {
  readonly tokens: readonly Token[];
  readonly effect: Span;
  /** Constraints of principal, action and resource, from the variable's name on. */
  readonly scope: readonly Span[];
  readonly conditions: readonly ConditionOutline[];
}

/** Finds the parts of a statement that Cedar has accepted. Undefined for text of any other shape. */
export function outline(statement: string): StatementOutline | undefined {
  const found = tokens(statement);
  const open = found.findIndex((token) => token.text === '(');
  const effect = found[open - 1];
  const close = closing(found, open);
  if (effect === undefined || close === undefined) return undefined;
  const scope = split(found.slice(open + 1, close), ',').map(spanOf);
  const conditions: ConditionOutline[] = [];
  for (let at = close + 1; at < found.length; at += 1) {
    const keyword = found[at];
    if (keyword?.text !== 'when' && keyword?.text !== 'unless') continue;
    const end = closing(found, at + 1);
    const last = end === undefined ? undefined : found[end];
    if (end === undefined || last === undefined) return undefined;
    conditions.push(condition(keyword, last, found.slice(at + 2, end)));
    at = end;
  }
  return { tokens: found, effect: { start: effect.start, end: effect.end }, scope, conditions };
}

function condition(keyword: Token, last: Token, body: readonly Token[]): ConditionOutline {
  const operator = operatorOf(strip(body));
  const operands = operandsOf(body, operator).map(spanOf);
  return {
    kind: keyword.text === 'when' ? 'when' : 'unless',
    start: keyword.start,
    end: last.end,
    body: spanOf(body),
    operands,
    ...(operator === undefined ? {} : { operator }),
  };
}

/** What joins the expression at its top. */
function operatorOf(body: readonly Token[]): '&&' | '||' | undefined {
  if (body[0]?.text === 'if') return undefined;
  const signs = (['||', '&&'] as const).filter((sign) => split(body, sign).length > 1);
  return signs[0];
}

/** The joined parts; the first one is opened as far as it is joined alike, as Cedar's own tree leans to the left. */
function operandsOf(body: readonly Token[], operator: '&&' | '||' | undefined): (readonly Token[])[] {
  const inner = strip(body);
  if (operator === undefined || operatorOf(inner) !== operator) return [body];
  const [first, ...others] = split(inner, operator);
  return [...operandsOf(first ?? [], operator), ...others];
}

/** Takes away brackets around the whole. */
function strip(body: readonly Token[]): readonly Token[] {
  if (body[0]?.text !== '(' || closing(body, 0) !== body.length - 1) return body;
  return strip(body.slice(1, -1));
}

/** Cuts at a sign outside of brackets. */
function split(body: readonly Token[], sign: string): Token[][] {
  const parts: Token[][] = [[]];
  let depth = 0;
  for (const token of body) {
    if (depth === 0 && token.kind === 'sign' && token.text === sign) parts.push([]);
    else parts.at(-1)?.push(token);
    depth += depthChange(token);
  }
  return parts.filter((part) => part.length > 0);
}

/** Index of the bracket that closes the one at an index. */
function closing(body: readonly Token[], open: number): number | undefined {
  let depth = 0;
  for (let at = open; at >= 0 && at < body.length; at += 1) {
    const token = body[at];
    if (token !== undefined) depth += depthChange(token);
    if (depth === 0) return at;
  }
  return undefined;
}

function spanOf(part: readonly Token[]): Span {
  return { start: part[0]?.start ?? 0, end: part.at(-1)?.end ?? 0 };
}
