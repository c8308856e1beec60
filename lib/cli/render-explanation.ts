import type { EnforcementMode } from '../contract/decision';
import { placeOf } from '../diagnostics/render-json';
import type { Explanation } from '../policy/decision/explain';
import { describeExplanation } from '../policy/testing/run/describe-explanation';

/** A decision for a person. */
export function explanationText(explanation: Explanation, mode: EnforcementMode): string {
  const { outcome, allowed, determining, reason, flips } = explanation.decision;
  const passes = allowed && outcome !== 'ALLOW' ? ` (the call goes through, because the engine is in ${mode})` : '';
  const lines = [
    `${outcome}${passes}`,
    `reason: ${reason}`,
    `determining policies: ${determining.length === 0 ? 'none' : determining.map((id) => `\`${id}\``).join(', ')}`,
    ...(outcome === 'ALLOW' ? [] : describeExplanation(explanation)),
    ...flips.map(({ policy, to }) => `\`${policy}\` is LOG_ONLY; active it would make this ${to}`),
  ];
  return `${lines.join('\n')}\n`;
}

/** A decision for a program. */
export function explanationJson({ decision, candidates }: Explanation, mode: EnforcementMode): object {
  const told = candidates.map(({ policy, outcome, failed }) => ({
    policy: policy.id,
    effect: policy.effect,
    enforcement: policy.enforcementMode,
    outcome,
    failed: failed.map((condition) => ({ ...condition, location: placeOf(condition.location) })),
  }));
  return { mode, ...decision, candidates: told };
}
