import { depthChange, type Token } from '../../text/lexer';
import type { Edit, Subject } from './mutation-subject';
import type { ConditionOutline, Span } from './statement-outline';

/** Operators and methods, and the neighbour that a slip of the pen would put in their place. */
const NEIGHBOURS: ReadonlyMap<string, string> = new Map([
  ['<', '<='],
  ['<=', '<'],
  ['>', '>='],
  ['>=', '>'],
  ['&&', '||'],
  ['||', '&&'],
  ['==', '!='],
  ['!=', '=='],
  ['lessThan', 'lessThanOrEqual'],
  ['lessThanOrEqual', 'lessThan'],
  ['greaterThan', 'greaterThanOrEqual'],
  ['greaterThanOrEqual', 'greaterThan'],
  ['containsAll', 'containsAny'],
  ['containsAny', 'containsAll'],
  ['true', 'false'],
  ['false', 'true'],
]);

/** Conditions and operands dropped, operands negated, operators replaced. */
export function conditionEdits({ text, outline, tokens }: Subject): Edit[] {
  return outline.conditions.flatMap((condition) => {
    const inside = tokens.filter((token) => condition.body.start <= token.start && token.end <= condition.body.end);
    return [
      { start: condition.start, end: condition.end, replacement: '' },
      ...withoutOperand(condition, inside),
      ...condition.operands.map((operand) => negated(text, operand)),
      ...inside.flatMap((token) => replaced(token, condition, inside)),
    ];
  });
}

/** Each operand taken away with the operator before it or, for the first one, behind it. */
function withoutOperand({ operands, operator }: ConditionOutline, inside: readonly Token[]): Edit[] {
  if (operands.length < 2) return [];
  return operands.map(({ start, end }) => {
    const first = inside.findIndex((token) => token.start === start);
    const before = inside[first - 1];
    const behind = inside.findIndex((token) => token.start >= end);
    if (before !== undefined && before.text === operator) return { start: before.start, end, replacement: '' };
    return { start, end: inside[behind]?.end ?? end, replacement: '' };
  });
}

function negated(text: string, operand: Span): Edit {
  return { ...operand, replacement: `!(${text.slice(operand.start, operand.end)})` };
}

function replaced(token: Token, condition: ConditionOutline, inside: readonly Token[]): Edit[] {
  if (token.text === '!' && token.kind === 'sign') return [{ start: token.start, end: token.end, replacement: '' }];
  const replacement = NEIGHBOURS.get(token.text);
  if (replacement === undefined || token.kind === 'string') return [];
  if ((token.text === '==' || token.text === '!=') && isWholeOperand(token, condition, inside)) return [];
  return [{ start: token.start, end: token.end, replacement }];
}

/** Whether a comparison is all that an operand is made of: its negation is a mutant already. */
function isWholeOperand(token: Token, { operands }: ConditionOutline, inside: readonly Token[]): boolean {
  const operand = operands.find(({ start, end }) => start <= token.start && token.end <= end);
  if (operand === undefined) return false;
  let depth = 0;
  let isOuter = false;
  for (const other of inside) {
    if (other.start < operand.start || other.end > operand.end) continue;
    if (depth === 0 && (other.text === '&&' || other.text === '||')) return false;
    if (other === token) isOuter = depth === 0;
    depth += depthChange(other);
  }
  return isOuter;
}
