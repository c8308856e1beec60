import type { Atom, Text } from './atom';
import type { Formula, Formulas } from './formula';
import { constant, type Linear } from './linear';
import { atMost, like, numbersEqual, textEquals } from './relations';

/** A formula that says of other variables what the given one says of its own. */
export function renamed(formula: Formula, rename: (name: string) => string, formulas: Formulas): Formula {
  const known = new Map<Formula, Formula>();
  const once = (part: Formula): Formula => {
    const found = known.get(part) ?? visit(part);
    known.set(part, found);
    return found;
  };
  const visit = (part: Formula): Formula => {
    switch (part.kind) {
      case 'atom':
        return renamedAtom(part.atom, rename, formulas);
      case 'not':
        return formulas.not(once(part.part));
      case 'and':
      case 'or':
        return formulas[part.kind](...part.parts.map(once));
      default:
        return part;
    }
  };
  return once(formula);
}

function renamedAtom(atom: Atom, rename: (name: string) => string, formulas: Formulas): Formula {
  const text = (name: string): Text => ({ kind: 'variable', name: rename(name) });
  const sum = ({ terms, ...rest }: Linear): Linear => ({
    ...rest,
    terms: new Map([...terms].map(([name, by]) => [rename(name), by])),
  });
  switch (atom.kind) {
    case 'boolean':
      return formulas.boolean(rename(atom.name));
    case 'text-equals':
      return textEquals(formulas, text(atom.name), atom.other.kind === 'variable' ? text(atom.other.name) : atom.other);
    case 'like':
      return like(formulas, text(atom.name), atom.pattern);
    case 'at-most-zero':
      return atMost(formulas, sum(atom.linear), constant(0n));
    case 'zero':
      return numbersEqual(formulas, sum(atom.linear), constant(0n));
  }
}
