import type { Text } from './atom';
import type { Formula, Formulas } from './formula';
import { add, constant, type Linear, scale } from './linear';
import { matchesPattern, onlyMatch, type Pattern } from './pattern';

/** Comparisons as formulas: constants are folded, and one comparison has one atom, whichever way it is written. */
export function textEquals(formulas: Formulas, a: Text, b: Text): Formula {
  if (a.kind === 'literal')
    return b.kind === 'literal' ? formulas.constant(a.text === b.text) : textEquals(formulas, b, a);
  if (b.kind === 'literal') return formulas.atom({ kind: 'text-equals', name: a.name, other: b });
  if (a.name === b.name) return formulas.true;
  return a.name < b.name
    ? formulas.atom({ kind: 'text-equals', name: a.name, other: b })
    : formulas.atom({ kind: 'text-equals', name: b.name, other: a });
}

export function like(formulas: Formulas, text: Text, pattern: Pattern): Formula {
  if (text.kind === 'literal') return formulas.constant(matchesPattern(pattern, text.text));
  const only = onlyMatch(pattern);
  if (only !== undefined) return textEquals(formulas, text, { kind: 'literal', text: only });
  if (pattern.length === 1) return formulas.true;
  return formulas.atom({ kind: 'like', name: text.name, pattern });
}

/** a <= b */
export function atMost(formulas: Formulas, a: Linear, b: Linear): Formula {
  const linear = ordered(add(a, b, -1n));
  const [first] = linear.terms.values();
  if (first === undefined) return formulas.constant(linear.constant <= 0n);
  if (first > 0n) return formulas.atom({ kind: 'at-most-zero', linear });
  // x >= c is not (x <= c - 1)
  return formulas.not(formulas.atom({ kind: 'at-most-zero', linear: ordered(add(constant(1n), linear, -1n)) }));
}

/** a < b */
export function below(formulas: Formulas, a: Linear, b: Linear): Formula {
  return atMost(formulas, add(a, constant(1n)), b);
}

export function numbersEqual(formulas: Formulas, a: Linear, b: Linear): Formula {
  const linear = ordered(add(a, b, -1n));
  const [first] = linear.terms.values();
  if (first === undefined) return formulas.constant(linear.constant === 0n);
  return formulas.atom({ kind: 'zero', linear: first < 0n ? scale(linear, -1n) : linear });
}

function ordered(linear: Linear): Linear {
  return { ...linear, terms: new Map([...linear.terms].sort(([a], [b]) => (a < b ? -1 : 1))) };
}
