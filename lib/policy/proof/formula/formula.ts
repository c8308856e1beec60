import { type Atom, atomKey, variablesOf } from './atom';

/** A Boolean combination of atoms. Equal formulas of one {@link Formulas} are the same object. */
export type Formula =
  | { readonly kind: 'true' | 'false'; readonly id: number }
  | { readonly kind: 'atom'; readonly id: number; readonly atom: Atom }
  | { readonly kind: 'not'; readonly id: number; readonly part: Formula }
  | { readonly kind: 'and' | 'or'; readonly id: number; readonly parts: readonly Formula[] };

/** Makes formulas, simplifies them while they are made, and keeps one object for each. */
export class Formulas {
  readonly true: Formula = { kind: 'true', id: 0 };
  readonly false: Formula = { kind: 'false', id: 1 };
  private readonly made = new Map<string, Formula>();
  private readonly opposites = new Map<Formula, Formula>();

  atom(atom: Atom): Formula {
    return this.once(atomKey(atom), (id) => ({ kind: 'atom', id, atom }));
  }

  boolean(name: string): Formula {
    return this.atom({ kind: 'boolean', name });
  }

  constant(value: boolean): Formula {
    return value ? this.true : this.false;
  }

  not(formula: Formula): Formula {
    if (formula === this.true) return this.false;
    if (formula === this.false) return this.true;
    if (formula.kind === 'not') return formula.part;
    const known = this.opposites.get(formula);
    if (known !== undefined) return known;
    const opposite = this.once(`!${formula.id}`, (id) => ({ kind: 'not', id, part: formula }));
    this.opposites.set(formula, opposite);
    return opposite;
  }

  and(...parts: readonly Formula[]): Formula {
    return this.connect('and', parts);
  }

  or(...parts: readonly Formula[]): Formula {
    return this.connect('or', parts);
  }

  implies(a: Formula, b: Formula): Formula {
    return this.or(this.not(a), b);
  }

  iff(a: Formula, b: Formula): Formula {
    return this.ifThenElse(a, b, this.not(b));
  }

  ifThenElse(condition: Formula, then: Formula, otherwise: Formula): Formula {
    if (then === otherwise) return then;
    return this.or(this.and(condition, then), this.and(this.not(condition), otherwise));
  }

  private connect(kind: 'and' | 'or', formulas: readonly Formula[]): Formula {
    const [unit, zero] = kind === 'and' ? [this.true, this.false] : [this.false, this.true];
    const parts = new Map<number, Formula>();
    const open = [...formulas].reverse();
    for (let formula = open.pop(); formula !== undefined; formula = open.pop()) {
      if (formula === zero || this.hasOpposite(parts, formula)) return zero;
      if (formula.kind === kind) open.push(...formula.parts);
      else if (formula !== unit) parts.set(formula.id, formula);
    }
    const sorted = [...parts.values()].sort((a, b) => a.id - b.id);
    const [first, second] = sorted;
    if (first === undefined) return unit;
    if (second === undefined) return first;
    return this.once(`${kind}${sorted.map(({ id }) => id).join()}`, (id) => ({ kind, id, parts: sorted }));
  }

  private hasOpposite(parts: ReadonlyMap<number, Formula>, formula: Formula): boolean {
    const opposite = formula.kind === 'not' ? formula.part : this.opposites.get(formula);
    return opposite !== undefined && parts.has(opposite.id);
  }

  private once(key: string, make: (id: number) => Formula): Formula {
    const known = this.made.get(key);
    if (known !== undefined) return known;
    const formula = make(this.made.size + 2);
    this.made.set(key, formula);
    return formula;
  }
}

const names = new WeakMap<Formula, readonly string[]>();

/** Every variable of a formula once. */
export function namesIn(formula: Formula): readonly string[] {
  const known = names.get(formula);
  if (known !== undefined) return known;
  const found = allNames(formula);
  names.set(formula, found);
  return found;
}

function allNames(formula: Formula): readonly string[] {
  switch (formula.kind) {
    case 'atom':
      return variablesOf(formula.atom);
    case 'not':
      return namesIn(formula.part);
    case 'and':
    case 'or':
      return [...new Set(formula.parts.flatMap(namesIn))];
    default:
      return [];
  }
}

/** Every atom of a formula once, in the order of first appearance. */
export function atomsOf(formula: Formula): Atom[] {
  const atoms: Atom[] = [];
  const seen = new Set<Formula>();
  const open = [formula];
  for (let part = open.pop(); part !== undefined; part = open.pop()) {
    if (seen.has(part)) continue;
    seen.add(part);
    if (part.kind === 'atom') atoms.push(part.atom);
    else if (part.kind === 'not') open.push(part.part);
    else if (part.kind === 'and' || part.kind === 'or') open.push(...part.parts.toReversed());
  }
  return atoms;
}
