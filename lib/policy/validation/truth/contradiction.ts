import type { PolicyJson } from '../../cedar/cedar';
import { operatorOf } from '../../cedar/expression';
import { fewest } from '../../proof/fewest';
import type { ConditionTree } from '../../text/conditions';
import type { PolicyView } from '../view/policy-view';

/** Where a condition stands. UTF-16 indexes into the bound statement. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

type Clause = PolicyJson['conditions'][number];

/**
 * The fewest conditions that no call fulfils together, of a policy that no call matches. Empty when it is not the conditions that
 * keep calls from matching, or when it cannot be told.
 * @param isNever whether no call matches a policy
 */
export function contradiction(policy: PolicyView, isNever: (policy: PolicyJson) => boolean): readonly Span[] {
  const spans = policy.shape.tree === undefined ? [] : spansOf(policy.shape.tree, true);
  const clauses = policy.json.conditions.flatMap(conjunctsOf);
  if (clauses.length !== spans.length) return [];
  const holds = (some: readonly number[]): boolean =>
    isNever({ ...policy.json, conditions: some.flatMap((index) => clauses[index] ?? []) });
  const all = [...clauses.keys()];
  if (!holds(all)) return [];
  return fewest(all, holds).flatMap((index) => spans[index] ?? []);
}

/** Conditions of a clause that must all hold; `!` of something is an `unless`. */
function conjunctsOf(clause: Clause): Clause[] {
  const { kind, body } = clause;
  const [operator, operand] = operatorOf(body);
  if (operator === '!') return conjunctsOf({ kind: kind === 'when' ? 'unless' : 'when', body: operand.arg });
  if (operator !== (kind === 'when' ? '&&' : '||')) return [clause];
  return [operand.left, operand.right].flatMap((part) => conjunctsOf({ kind, body: part }));
}

/** The same conditions in the text. */
function spansOf(tree: ConditionTree, positive: boolean): Span[] {
  if (tree.kind === 'not') return spansOf(tree.part, !positive);
  if (tree.kind === (positive ? 'and' : 'or')) return tree.parts.flatMap((part) => spansOf(part, positive));
  return [spanOf(tree)];
}

function spanOf(tree: ConditionTree): Span {
  if (tree.kind === 'condition') return tree;
  const parts = (tree.kind === 'not' ? [tree.part] : tree.parts).map(spanOf);
  return { start: Math.min(...parts.map(({ start }) => start)), end: Math.max(...parts.map(({ end }) => end)) };
}
