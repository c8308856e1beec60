import type { EnforcementMode } from '../contract/decision';
import type { DeclaredInvariant } from '../contract/invariant';
import { placeOf } from '../diagnostics/render-json';
import type { Explanation } from '../policy/decision/explain';
import { GUARD_ORIGIN } from '../policy/guards/guard';
import { sentenceLine } from '../policy/sentence/layout';
import { policySentence } from '../policy/sentence/policy-sentence';
import { describeExplanation } from '../policy/testing/run/describe-explanation';

/** Invariants that rest on each policy, by its id. */
export type RestingInvariants = ReadonlyMap<string, readonly DeclaredInvariant[]>;

/** A decision for a person. */
export function explanationText(explanation: Explanation, mode: EnforcementMode, resting: RestingInvariants): string {
  const { outcome, allowed, determining, reason, flips } = explanation.decision;
  const passes = allowed && outcome !== 'ALLOW' ? ` (the call goes through, because the engine is in ${mode})` : '';
  const lines = [
    `${outcome}${passes}`,
    `reason: ${reason}`,
    `determining policies: ${determining.length === 0 ? 'none' : determining.map((id) => `\`${id}\``).join(', ')}`,
    ...sentencesOf(explanation).map(([id, sentence]) => `\`${id}\` says: ${sentence}`),
    ...(outcome === 'ALLOW' ? [] : describeExplanation(explanation)),
    ...determining.flatMap((id) => (resting.get(id) ?? []).map(({ sentence }) => `on \`${id}\` rests: ${sentence}`)),
    ...flips.map(({ policy, to }) => `\`${policy}\` is LOG_ONLY; active it would make this ${to}`),
  ];
  return `${lines.join('\n')}\n`;
}

/** What the policies that decided say; of those that the library adds, what they are for is said elsewhere. */
function sentencesOf({ decision, candidates }: Explanation): (readonly [id: string, sentence: string])[] {
  return candidates
    .filter(({ policy }) => decision.determining.includes(policy.id) && policy.origin.file !== GUARD_ORIGIN)
    .map(({ policy }) => [policy.id, sentenceLine(policySentence(policy))]);
}

/** A decision for a program. */
export function explanationJson(
  { decision, candidates }: Explanation,
  mode: EnforcementMode,
  resting: RestingInvariants,
): object {
  const told = candidates.map(({ policy, outcome, failed }) => ({
    policy: policy.id,
    effect: policy.effect,
    enforcement: policy.enforcementMode,
    outcome,
    sentence: sentenceLine(policySentence(policy)),
    invariants: (resting.get(policy.id) ?? []).map(({ sentence }) => sentence),
    failed: failed.map((condition) => ({ ...condition, location: placeOf(condition.location) })),
  }));
  return { mode, ...decision, candidates: told };
}
