import { authorize } from '../../decision/authorize';
import type { Decision, ToolCall } from '../../decision/model';
import type { PolicySet } from '../../decision/policy-set';
import type { ToolSchema } from '../../schema/schema-json';
import { activePolicies } from '../encode/active-policies';
import type { Formula } from '../formula/formula';
import type { Prover } from '../prover';
import { attackingCalls } from '../witness/attacking-calls';
import type { Witness } from '../witness/witness';

/** A call that two policy sets decide differently, as `authorize` decides it. */
export interface TellingCall {
  readonly witness: Witness;
  readonly before: Decision;
  readonly after: Decision;
}

/** Whether two policy sets decide every call of a tool alike. */
export type Difference =
  | { readonly kind: 'none' }
  | { readonly kind: 'found'; readonly telling: TellingCall }
  | { readonly kind: 'undecided'; readonly reason: string };

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
    const [before, after] = [this.before, this.after].map((set) => prover.decision(activePolicies(set, tool), tool));
    if (before === undefined || after === undefined) return formulas.false;
    const same = formulas.and(formulas.iff(before.allowed, after.allowed), formulas.iff(before.fails, after.fails));
    return formulas.not(same);
  }

  /**
   * A call that both decide differently, or the proof that there is none. A call is decided by `authorize` before it counts, and a proof is attacked with
   * calls near the limits of the policies. Throws an Error for a proof that a call contradicts: the library is wrong then.
   */
  on(prover: Prover, tool: ToolSchema): Difference {
    const differs = this.differs(prover, tool);
    const answer = prover.find(differs, tool);
    if (answer.kind === 'undecided') return answer;
    if (answer.kind === 'never') {
      if (differs !== prover.formulas.false) this.attack(differs, prover, tool);
      return { kind: 'none' };
    }
    if (answer.beyondJson) {
      return {
        kind: 'undecided',
        reason: 'only calls with numbers beyond 2^53, which JSON does not carry exactly, tell',
      };
    }
    const telling = this.telling(answer.witness);
    if (telling !== undefined) return { kind: 'found', telling };
    const [opaque] = prover.calls(tool).opaque.values();
    return {
      kind: 'undecided',
      reason: opaque === undefined ? 'the call found is decided alike' : `it rests on ${opaque}`,
    };
  }

  /** The call with both decisions; undefined if both end alike. */
  telling(witness: Witness): TellingCall | undefined {
    const [before, after] = [authorize(this.before, witness.call), authorize(this.after, witness.call)];
    return before.outcome === after.outcome ? undefined : { witness, before, after };
  }

  private attack(near: Formula, prover: Prover, tool: ToolSchema): void {
    for (const witness of attackingCalls(near, prover.calls(tool))) {
      if (this.telling(witness) === undefined) continue;
      throw new Error(`two policy sets were proved alike, and decide this call differently: ${shown(witness.call)}`);
    }
  }
}

function shown(call: ToolCall): string {
  return JSON.stringify(call);
}
