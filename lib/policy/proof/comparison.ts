import { authorize } from '../decision/authorize';
import type { Decision } from '../decision/model';
import type { PolicySet } from '../decision/policy-set';
import type { ToolSchema } from '../schema/schema-json';
import { attack, type ConfirmedAnswer, confirmed } from './confirmed';
import type { Formula } from './formula/formula';
import type { Prover } from './prover';
import { SetDecisions } from './set-decisions';
import type { Witness } from './witness/witness';

/** A call that two policy sets decide differently, as `authorize` decides it. */
export interface TellingCall {
  readonly witness: Witness;
  readonly before: Decision;
  readonly after: Decision;
}

/** Two policy sets over the same tools, compared for every call there can be. */
export class Comparison {
  constructor(
    private readonly before: PolicySet,
    private readonly after: PolicySet,
  ) {}

  /** The calls of a tool that end in another outcome. */
  differs(prover: Prover, tool: ToolSchema): Formula {
    const { formulas } = prover;
    // Nobody may call it, whatever the policies say.
    if (this.before.schema.denied.has(tool.action)) return formulas.false;
    const before = new SetDecisions(this.before, prover).of(tool);
    const after = new SetDecisions(this.after, prover).of(tool);
    const same = formulas.and(formulas.iff(before.allowed, after.allowed), formulas.iff(before.fails, after.fails));
    return formulas.not(same);
  }

  /** A call that both decide differently, or the proof that there is none, which is attacked. */
  on(prover: Prover, tool: ToolSchema): ConfirmedAnswer<TellingCall> {
    const formula = this.differs(prover, tool);
    const confirm = (witness: Witness): TellingCall | undefined => this.telling(witness);
    const answer = confirmed(prover, { tool, formula, confirm, doubt: 'the call found is decided alike' });
    if (answer.kind === 'never' && formula !== prover.formulas.false) {
      const contradicts = (witness: Witness): boolean => confirm(witness) !== undefined;
      attack(prover, { tool, near: formula, contradicts, claim: 'two policy sets were proved alike' });
    }
    return answer;
  }

  /** The call with both decisions; undefined if both end alike. */
  telling(witness: Witness): TellingCall | undefined {
    const [before, after] = [authorize(this.before, witness.call), authorize(this.after, witness.call)];
    return before.outcome === after.outcome ? undefined : { witness, before, after };
  }
}
