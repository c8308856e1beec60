import { unquote } from '../../../contract/cedar-string';
import type { ConditionTree } from '../../text/conditions';
import type { Token } from '../../text/lexer';
import type { AttributeRead } from '../../text/reads';
import type { PolicyView } from '../view/policy-view';

/** A text that a claim is compared with, as Cedar reads it, and where it stands. */
export interface ClaimLiteral {
  readonly text: string;
  readonly token: Token;
}

/** A claim's text beside what a policy compares it with. */
export interface ClaimComparison {
  readonly claim: string;
  /** `==`, `!=` and `contains` compare with texts, `like` with one pattern as it is written. */
  readonly operator: '==' | '!=' | 'contains' | 'like';
  readonly literals: readonly ClaimLiteral[];
  /** Comparisons that decide together with this one, itself included: the sides of an `||`. */
  readonly together: ClaimComparison[];
}

/** Every place where a policy compares a claim with a text. */
export function claimComparisons(policy: PolicyView): ClaimComparison[] {
  const found = policy.tagReads.flatMap((read) => comparisonOf(read, policy.tokens));
  const inOr = policy.shape.tree === undefined ? [] : alternatives(policy.shape.tree);
  for (const spans of inOr) {
    const sides = found.filter((one) => spans.some((span) => isWithin(one, span)));
    for (const side of sides)
      side.together.push(...sides.filter((other) => other !== side && other.claim === side.claim));
  }
  return found;
}

/** Conditions that are the sides of one `||`, for each of them. */
function alternatives(tree: ConditionTree): { readonly start: number; readonly end: number }[][] {
  if (tree.kind === 'condition') return [];
  if (tree.kind === 'not') return alternatives(tree.part);
  const own = tree.parts.flatMap((part) => (part.kind === 'condition' ? [part] : []));
  return [...(tree.kind === 'or' ? [own] : []), ...tree.parts.flatMap(alternatives)];
}

function isWithin({ literals }: ClaimComparison, { start, end }: { readonly start: number; readonly end: number }) {
  return literals.some(({ token }) => token.start >= start && token.end <= end);
}

function comparisonOf(
  { path: [claim = ''], isTest, start, end }: AttributeRead,
  all: readonly Token[],
): ClaimComparison[] {
  if (isTest) return [];
  let before = all.findLastIndex((token) => token.end <= start);
  let after = all.findIndex((token) => token.start >= end);
  const made = (operator: ClaimComparison['operator'], tokens: readonly Token[]): ClaimComparison[] => {
    const one: ClaimComparison = {
      claim,
      operator,
      literals: tokens.map((token) => ({ text: unquote(token.text), token })),
      together: [],
    };
    one.together.push(one);
    return [one];
  };
  const elements = elementsBefore(all, before, after);
  if (elements !== undefined) return made('contains', elements);
  while (all[before]?.text === '(' && all[after]?.text === ')') {
    before -= 1;
    after += 1;
  }
  const [sign, literal] = [all[after]?.text, literalAt(all, after + 1, 1)];
  if (literal !== undefined && (sign === '==' || sign === '!=' || sign === 'like')) return made(sign, [literal]);
  const reversed = [all[before]?.text, literalAt(all, before - 1, -1)] as const;
  if (reversed[1] !== undefined && (reversed[0] === '==' || reversed[0] === '!='))
    return made(reversed[0], [reversed[1]]);
  return [];
}

/** The string at an index, brackets around it left out. */
function literalAt(all: readonly Token[], from: number, step: 1 | -1): Token | undefined {
  const bracket = step === 1 ? '(' : ')';
  let index = from;
  while (all[index]?.text === bracket) index += step;
  const token = all[index];
  return token?.kind === 'string' ? token : undefined;
}

/** The strings of `["a", "b"].contains(` before an index. */
function elementsBefore(all: readonly Token[], open: number, after: number): Token[] | undefined {
  const call = [all[open - 3], all[open - 2], all[open - 1], all[open]].map((token) => token?.text).join(' ');
  if (call !== '] . contains (' || all[after]?.text !== ')') return undefined;
  const found: Token[] = [];
  for (let index = open - 4; index >= 0; index -= 1) {
    const token = all[index];
    if (token?.text === '[') return found.reverse();
    if (token?.kind === 'string') found.push(token);
    else if (token?.text !== ',') return undefined;
  }
  return undefined;
}
