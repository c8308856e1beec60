import { REASONS } from '../messages/reasons';
import { type ActualPolicy, type Failure, isChanging, type TargetPolicy } from '../policies/policy';
import type { Journal } from './journal';
import { stillText } from './judge';
import type { Plan } from './plan';

/** What a plan leaves open, each policy with the reason that is known for it: what is told when the time for the whole change is over. */
export function openFailures(
  plan: Plan,
  { targets }: { readonly targets: readonly TargetPolicy[] },
  actual: readonly ActualPolicy[],
  journal: Journal,
  now: number,
): Failure[] {
  const under = [...plan.waitingFor, ...plan.steps.map(({ name }) => name), ...plan.later];
  const open = under.map((name): Failure => {
    const target = targets.find((candidate) => candidate.name === name);
    return { name, ...(target && { target }), reasons: openReasons(name, actual, journal, now) };
  });
  const rank = ({ reasons }: Failure): number => (reasons[0] === REASONS.notYet.reason ? 1 : 0);
  return [...plan.failures, ...open].sort((one, other) => rank(one) - rank(other));
}

function openReasons(name: string, actual: readonly ActualPolicy[], journal: Journal, now: number): readonly string[] {
  const conflict = journal.conflict(name);
  const policy = actual.find((candidate) => candidate.name === name);
  if (conflict !== undefined) return [REASONS[policy === undefined ? 'notCreated' : 'busy'].reason, conflict.message];
  if (policy !== undefined && isChanging(policy)) return [stillText(policy, now)];
  if (policy !== undefined && policy.status !== 'ACTIVE') return policy.reasons;
  if (journal.accepted(name, 'update') > 0 && policy !== undefined) return [REASONS.neverEqual.reason];
  return [REASONS.notYet.reason];
}
