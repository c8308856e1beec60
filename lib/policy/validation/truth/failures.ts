import type { Witness } from '../../proof/witness/witness';
import type { ToolSchema } from '../../schema/schema-json';
import type { PolicyView } from '../view/policy-view';
import type { PolicyCell } from './policy-cell';

/** A call for which evaluating a policy fails. */
export interface Failure {
  readonly policy: PolicyView;
  readonly tool: ToolSchema;
  readonly witness: Witness;
  /** Whether only numbers beyond 2^53 do it, which JSON does not carry exactly. */
  readonly beyondJson: boolean;
}

/** The plainest failing call of each policy that has one. */
export function failures(policies: readonly PolicyView[], cells: readonly PolicyCell[]): Failure[] {
  return policies.flatMap((policy): Failure[] => {
    if (policy.isGuard) return [];
    for (const { prover, tool, verdict } of cellsThatFail(policy, cells)) {
      const answer = prover.find(verdict, tool);
      if (answer.kind === 'possible') return [{ policy, tool, witness: answer.witness, beyondJson: answer.beyondJson }];
    }
    return [];
  });
}

function cellsThatFail(policy: PolicyView, cells: readonly PolicyCell[]) {
  return cells
    .filter(({ tool }) => policy.tools.includes(tool))
    .map((cell) => ({ prover: cell.prover, tool: cell.tool, verdict: cell.verdict(policy).fails }))
    .filter(({ prover, verdict }) => verdict !== prover.formulas.false);
}
