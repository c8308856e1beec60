import type { Atom } from '../formula/atom';
import type { Formula } from '../formula/formula';
import { boundOrder } from './bound-order';

/** A variable of the search, or its negation as the negative number. */
export type Literal = number;

/** An atom with the truth value that an assignment gives it. */
export interface AssignedAtom {
  readonly atom: Atom;
  readonly value: boolean;
  readonly literal: Literal;
}

/**
 * A formula as clauses, with one variable for each of its parts, in both directions: a full assignment says of each part whether it holds.
 * Source: G. Tseitin, "On the complexity of derivation in propositional calculus" (1968).
 */
export class Clauses {
  readonly clauses: Literal[][] = [];
  /** Variables are the numbers from 1 to this. */
  variables = 0;
  private readonly atoms = new Map<number, Atom>();
  private readonly connectives = new Map<number, { readonly kind: 'and' | 'or'; readonly parts: readonly Literal[] }>();
  private readonly numbers = new Map<Formula, number>();
  private readonly root: Literal;

  /** @param formula neither true nor false */
  constructor(formula: Formula) {
    this.root = this.literalOf(formula);
    this.clauses.push([this.root]);
    for (const [tighter, wider] of boundOrder(this.atoms)) this.clauses.push([-tighter, wider]);
  }

  private literalOf(formula: Formula): Literal {
    if (formula.kind === 'not') return -this.literalOf(formula.part);
    const known = this.numbers.get(formula);
    if (known !== undefined) return known;
    const parts = 'parts' in formula ? formula.parts.map((part) => this.literalOf(part)) : [];
    this.variables += 1;
    const variable = this.variables;
    this.numbers.set(formula, variable);
    if (formula.kind === 'atom') this.atoms.set(variable, formula.atom);
    if (formula.kind === 'and' || formula.kind === 'or') this.connect(variable, formula.kind, parts);
    return variable;
  }

  private connect(variable: number, kind: 'and' | 'or', parts: readonly Literal[]): void {
    this.connectives.set(variable, { kind, parts });
    const sign = kind === 'and' ? 1 : -1;
    for (const part of parts) this.clauses.push([sign * -variable, sign * part]);
    this.clauses.push([sign * variable, ...parts.map((part) => sign * -part)]);
  }

  /** Atoms on which the truth of the formula rests. The values of the others do not matter, so they cannot conflict. */
  decisive(assignment: readonly (boolean | undefined)[]): AssignedAtom[] {
    const needed = new Set<number>();
    const isTrue = (literal: Literal): boolean => assignment[Math.abs(literal)] === literal > 0;
    const open = [this.root];
    for (let literal = open.pop(); literal !== undefined; literal = open.pop()) {
      const variable = Math.abs(literal);
      if (needed.has(variable)) continue;
      needed.add(variable);
      const connective = this.connectives.get(variable);
      if (connective === undefined) continue;
      const { kind, parts } = connective;
      // A true "and" and a false "or" need all their parts; otherwise one part decides, best one that is needed anyway.
      if ((kind === 'and') === isTrue(variable)) {
        open.push(...parts);
        continue;
      }
      const decides = (part: Literal): boolean => isTrue(part) === (kind === 'or');
      const chosen = parts.find((part) => needed.has(Math.abs(part)) && decides(part)) ?? parts.find(decides);
      if (chosen !== undefined) open.push(chosen);
    }
    return [...needed].sort((a, b) => a - b).flatMap((variable) => this.assignedAtom(variable, isTrue(variable)));
  }

  private assignedAtom(variable: number, value: boolean): AssignedAtom[] {
    const atom = this.atoms.get(variable);
    return atom === undefined ? [] : [{ atom, value, literal: value ? variable : -variable }];
  }
}
