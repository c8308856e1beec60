import { type Clause, clausesFrom, closing, isBracketed, splitAt } from '../../text/brackets';
import { type Token, tokens } from '../../text/lexer';

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
  if (effect === undefined) return undefined;
  const close = closing(found, open);
  return {
    tokens: found,
    effect: { start: effect.start, end: effect.end },
    scope: splitAt(found.slice(open + 1, close), ',').map(spanOf),
    conditions: clausesFrom(found, close + 1).map(condition),
  };
}

function condition({ kind, keyword, close, body }: Clause): ConditionOutline {
  const operator = operatorOf(strip(body));
  const operands = operandsOf(body, operator).map(spanOf);
  return {
    kind,
    start: keyword.start,
    end: close.end,
    body: spanOf(body),
    operands,
    ...(operator === undefined ? {} : { operator }),
  };
}

/** What joins the expression at its top. */
function operatorOf(body: readonly Token[]): '&&' | '||' | undefined {
  if (body[0]?.text === 'if') return undefined;
  const signs = (['||', '&&'] as const).filter((sign) => splitAt(body, sign).length > 1);
  return signs[0];
}

/** The joined parts; the first one is opened as far as it is joined alike, as Cedar's own tree leans to the left. */
function operandsOf(body: readonly Token[], operator: '&&' | '||' | undefined): (readonly Token[])[] {
  const inner = strip(body);
  if (operator === undefined || operatorOf(inner) !== operator) return [body];
  const [first, ...others] = splitAt(inner, operator);
  return [...operandsOf(first ?? [], operator), ...others];
}

/** Takes away brackets around the whole. */
function strip(body: readonly Token[]): readonly Token[] {
  return isBracketed(body) ? strip(body.slice(1, -1)) : body;
}

function spanOf(part: readonly Token[]): Span {
  return { start: part[0]?.start ?? 0, end: part.at(-1)?.end ?? 0 };
}
