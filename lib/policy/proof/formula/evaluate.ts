import type { Atom } from './atom';
import type { Formula } from './formula';
import { evaluateLinear } from './linear';
import { matchesPattern } from './pattern';

/** Value of a variable: of a Boolean, a text, or a whole number. */
export type Value = boolean | string | bigint;

/** Whether a formula holds for given values of its variables. */
export function evaluate(formula: Formula, lookUp: (name: string) => Value | undefined): boolean {
  const known = new Map<Formula, boolean>();
  const holds = (part: Formula): boolean => {
    const before = known.get(part);
    if (before !== undefined) return before;
    const value = compute(part);
    known.set(part, value);
    return value;
  };
  const compute = (part: Formula): boolean => {
    switch (part.kind) {
      case 'true':
      case 'false':
        return part.kind === 'true';
      case 'atom':
        return evaluateAtom(part.atom, lookUp);
      case 'not':
        return !holds(part.part);
      case 'and':
        return part.parts.every(holds);
      case 'or':
        return part.parts.some(holds);
    }
  };
  return holds(formula);
}

/** Whether an atom holds. Variables without a value are false, the empty text, or zero. */
function evaluateAtom(atom: Atom, lookUp: (name: string) => Value | undefined): boolean {
  const text = (name: string): string => (lookUp(name) as string | undefined) ?? '';
  switch (atom.kind) {
    case 'boolean':
      return lookUp(atom.name) === true;
    case 'text-equals':
      return text(atom.name) === (atom.other.kind === 'literal' ? atom.other.text : text(atom.other.name));
    case 'like':
      return matchesPattern(atom.pattern, text(atom.name));
    default: {
      const sum = evaluateLinear(atom.linear, (name) => lookUp(name) as bigint | undefined);
      return atom.kind === 'zero' ? sum === 0n : sum <= 0n;
    }
  }
}
