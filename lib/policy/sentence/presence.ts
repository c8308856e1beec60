import type { Expr } from '../cedar/cedar';
import { expressionsIn, operatorOf } from '../cedar/expression';

/** Operators of conditions that a reader takes to hold also of something that is not there. */
const SAY_NOTHING: readonly string[] = ['!', '!=', 'if-then-else', 'isEmpty', 'containsAll'];

/** A guard: a condition that asks only whether a claim or an argument is there, as a policy must before it reads one. */
export function isGuard(expression: Expr): boolean {
  const [operator] = operatorOf(expression);
  return operator === 'has' || operator === 'hasTag';
}

/**
 * Whether a condition, said in words, says by itself that what a guard asks for is there: "their claim `team` is "a"" does, and "is not" does
 * not. Then the guard need not be said.
 */
export function saysPresence(expression: Expr, guard: Expr): boolean {
  const [operator, { left, right }] = operatorOf(expression);
  if (operator === '&&') return saysPresence(left, guard) || saysPresence(right, guard);
  if (operator === '||') return saysPresence(left, guard) && saysPresence(right, guard);
  const all = [...expressionsIn(expression)];
  if (all.some((one) => SAY_NOTHING.includes(operatorOf(one)[0]))) return false;
  const wanted = place(guard);
  return all.some((one) => {
    const read = place(one);
    return read !== undefined && read.owner === wanted?.owner && startsWith(read.path, wanted.path) && one !== guard;
  });
}

interface Place {
  /** What the names start at, as JSON. */
  readonly owner: string;
  readonly path: readonly string[];
}

/** What an expression reads or asks for. */
function place(expression: Expr): Place | undefined {
  const [operator, operand] = operatorOf(expression);
  if (operator === 'getTag' || operator === 'hasTag') {
    return { owner: `tag of ${JSON.stringify(operand.left)}`, path: [JSON.stringify(operand.right)] };
  }
  if (operator !== 'has' && operator !== '.') return undefined;
  const names = [operand.attr].flat();
  const above = place(operand.left);
  if (above === undefined || operatorOf(operand.left)[0] !== '.')
    return { owner: JSON.stringify(operand.left), path: names };
  return { owner: above.owner, path: [...above.path, ...names] };
}

function startsWith(path: readonly string[], start: readonly string[]): boolean {
  return start.every((name, index) => path[index] === name);
}
