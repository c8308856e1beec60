import type { Formula } from '../formula/formula';
import type { Variables } from '../formula/variables';
import { Clauses } from './clauses';
import { Sat } from './sat';
import { Steps, Undecidable } from './steps';
import type { Model, Theory } from './theory';

/** Steps that a question may take: well above what policies need, and below two seconds. */
const MOST_STEPS = 3_000_000;

export type Answer =
  | { readonly kind: 'never' }
  | { readonly kind: 'possible'; readonly model: Model }
  | { readonly kind: 'undecided'; readonly reason: string };

/**
 * Whether a formula can hold, and with which values. A search over the truth values of the atoms proposes; the theories of texts and numbers
 * agree, or name a conflict that is never proposed again. What they cannot judge is left out, and the answer is only "never" if nothing was.
 */
export function decide(formula: Formula, variables: Variables, theory: Theory, mostSteps = MOST_STEPS): Answer {
  if (formula.kind === 'false') return { kind: 'never' };
  if (formula.kind === 'true') return { kind: 'possible', model: new Map() };
  const steps = new Steps(mostSteps);
  let tooHard: string | undefined;
  try {
    const clauses = new Clauses(formula);
    const sat = new Sat(clauses.variables, clauses.clauses, steps);
    for (let proposed = sat.solve(); proposed !== undefined; proposed = sat.solve()) {
      const answer = theory.check(clauses.decisive(proposed), variables, steps);
      if (answer.kind === 'model') return { kind: 'possible', model: answer.model };
      if (answer.kind === 'undecided') tooHard = answer.reason;
      sat.add(answer.atoms.map(({ literal }) => -literal));
    }
    return tooHard === undefined ? { kind: 'never' } : { kind: 'undecided', reason: tooHard };
  } catch (error) {
    if (error instanceof Undecidable) return { kind: 'undecided', reason: error.message };
    throw error;
  }
}
