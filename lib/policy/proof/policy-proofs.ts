import { type InvariantInput, proverOf } from './invariants/check-invariants';
import { restingInvariants } from './invariants/resting-invariants';
import { type PolicyEffect, policyEffects } from './policy-effect';

/** Proofs about one policy. */
export interface PolicyProof {
  /** What would differ without it. @default - nothing: the policy is LOG_ONLY */
  readonly effect?: PolicyEffect;
  /** Sentences of the invariants that hold, and would not without it. */
  readonly invariants: readonly string[];
}

/** Proofs about policies, by their ids. */
export type PolicyProofs = ReadonlyMap<string, PolicyProof>;

/** Proves some policies of a set. Costs a few milliseconds for each tool that each of them covers. */
export function policyProofs(input: InvariantInput, ids: readonly string[]): PolicyProofs {
  const prover = proverOf(input);
  const effects = policyEffects(input.set, prover, ids);
  const resting = restingInvariants(input, ids, prover);
  return new Map(
    ids.map((id) => {
      const effect = effects.get(id);
      const invariants = (resting.get(id) ?? []).map(({ sentence }) => sentence);
      return [id, { ...(effect === undefined ? {} : { effect }), invariants }];
    }),
  );
}

/** A proof as sentences about the policy: what is different without it, and what rests on it. */
export function proofSentences({ effect, invariants }: PolicyProof): string[] {
  return [
    ...(effect === undefined ? ['decides nothing: it is LOG_ONLY'] : effectSentences(effect)),
    ...invariants.map((sentence) => `on it rests: ${sentence}`),
  ];
}

function effectSentences({ closed, lost, gained, undecided }: PolicyEffect): string[] {
  const said = [
    ...(closed.length === 0 ? [] : [`without it nobody calls ${few(closed)}`]),
    ...(lost.length === 0 ? [] : [`without it some calls of ${few(lost)} are denied that are allowed now`]),
    ...(gained.length === 0 ? [] : [`without it some calls of ${few(gained)} are allowed that are denied now`]),
    ...(undecided.length === 0 ? [] : [`what it changes for ${few(undecided)} could not be found out`]),
  ];
  return said.length === 0 ? ['without it nothing changes'] : said;
}

function few(tools: readonly string[]): string {
  const shown = tools
    .slice(0, 3)
    .map((tool) => `\`${tool}\``)
    .join(', ');
  return tools.length > 3 ? `${shown} and ${tools.length - 3} more` : shown;
}
