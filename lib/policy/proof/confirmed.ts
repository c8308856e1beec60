import type { ToolSchema } from '../schema/schema-json';
import type { Formula } from './formula/formula';
import type { Prover } from './prover';
import { attackingCalls } from './witness/attacking-calls';
import type { Witness } from './witness/witness';

/** A question about the calls of a tool whose answer `authorize` has to confirm. */
export interface Question<T> {
  readonly tool: ToolSchema;
  /** Calls that are looked for. */
  readonly formula: Formula;
  /** Whether people see the call, so that it is to be plain. @default true */
  readonly isShown?: boolean;
  /** What a call shows once `authorize` has decided it; undefined for a call that is none of those. */
  readonly confirm: (witness: Witness) => T | undefined;
  /** Why a call that was found may be none, where all of the formula was encoded. */
  readonly doubt: string;
}

/** No such call, by proof; one that is confirmed; or nobody knows. */
export type ConfirmedAnswer<T> =
  | { readonly kind: 'never' }
  | { readonly kind: 'found'; readonly found: T }
  | { readonly kind: 'undecided'; readonly reason: string };

/** Looks for a call. What the prover finds counts once it is confirmed. */
export function confirmed<T>(prover: Prover, question: Question<T>): ConfirmedAnswer<T> {
  const { tool, formula, confirm, doubt, isShown = true } = question;
  const answer = isShown ? prover.find(formula, tool) : prover.findAny(formula, tool);
  if (answer.kind !== 'possible') return answer;
  if (answer.beyondJson) {
    return { kind: 'undecided', reason: 'it depends on numbers beyond 2^53, which JSON does not carry exactly' };
  }
  const found = confirm(answer.witness);
  if (found !== undefined) return { kind: 'found', found };
  const [opaque] = prover.calls(tool).opaque.values();
  return { kind: 'undecided', reason: opaque === undefined ? doubt : `it rests on ${opaque}` };
}

/** A proof that a tool has no such call. */
export interface AttackedProof {
  readonly tool: ToolSchema;
  /** Calls near these are tried. */
  readonly near: Formula;
  readonly contradicts: (witness: Witness) => boolean;
  /** The proved sentence. */
  readonly claim: string;
}

/** Tries calls near the limits of policies. Throws an Error for one that contradicts what was proved: the library is wrong then. */
export function attack(prover: Prover, { tool, near, contradicts, claim }: AttackedProof): void {
  for (const witness of attackingCalls(near, prover.calls(tool))) {
    if (contradicts(witness))
      throw new Error(`${claim}, and this call contradicts it: ${JSON.stringify(witness.call)}`);
  }
}
