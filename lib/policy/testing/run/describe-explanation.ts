import type { CandidateExplanation, Explanation, FailedCondition } from '../../decision/explain';

/** Why a call was decided as it was, in lines: errors, forbids that applied, and for each permit what stood in its way. */
export function describeExplanation({ decision, candidates }: Explanation): string[] {
  const errors = decision.errors.map(({ policy, message }) =>
    policy === undefined ? message : `\`${policy}\`: ${message}`,
  );
  if (decision.outcome === 'ERROR') return errors;
  const told = candidates.filter(({ policy }) => policy.enforcementMode === 'ACTIVE').flatMap(describeCandidate);
  if (decision.outcome === 'DENY' && !candidates.some(({ policy }) => policy.effect === 'permit')) {
    return [...told, 'no permit covers the tool'];
  }
  return told;
}

function describeCandidate({ policy, outcome, failed }: CandidateExplanation): string[] {
  const head = `${policy.effect} \`${policy.id}\``;
  if (outcome === 'matched') return [`${head} applies`];
  if (policy.effect === 'forbid') return [];
  if (outcome === 'scope') return [`${head} is for another principal`];
  return failed.map((condition) => `${head} ${describeCondition(condition)}`);
}

function describeCondition({ text, value, message, location }: FailedCondition): string {
  const verdicts = {
    true: 'holds, which excludes the call',
    false: 'does not hold',
    error: `cannot be evaluated: ${message}`,
  };
  const verdict = value === 'unreached' ? 'is not reached' : verdicts[value];
  return `at ${location.file}:${location.line}:${location.column}: \`${text.replace(/\s+/g, ' ')}\` ${verdict}`;
}
