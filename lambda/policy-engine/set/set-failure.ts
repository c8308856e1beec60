import { LIMITS } from '../../../lib/contract/limits';
import { listNames, renderFailures } from '../messages/render-failures';
import { type ActualPolicy, isSameContent } from '../policies/policy';
import { isBridgeName } from '../reconcile/bridge';
import type { Goal, ReconcileDependencies } from '../reconcile/goal';
import type { Plan } from '../reconcile/plan';
import { reconcile } from '../reconcile/reconcile';
import type { Progress } from '../request/request';
import { CallFailure, OutOfTime } from '../service/call-failure';
import type { PreviousSet } from './previous-set';

/** Returns to the previous set, and then always throws; or is not complete, when the next tick has more time for that. */
export async function fail(
  dependencies: ReconcileDependencies,
  goal: Goal,
  { failures }: Plan,
  previous: PreviousSet,
): Promise<Progress> {
  const { calls, log } = dependencies;
  for (const { name, reasons } of failures) log('error', 'policy failed', { policy: name, reasons: [...reasons] });
  // A return that is begun must be brought to its end, since nothing would tell the next tick of it. When there is too little time
  // for that, the next tick begins with it: it finds everything in place but the failures, and those fail again at once.
  const left = calls.deadline - calls.clock.now();
  const elapsed = calls.clock.now() - goal.started;
  const needed = 30_000 + ((goal.targets.length + previous.targets.length) * 1000) / LIMITS.policyWritesPerSecond;
  const isLastTick = calls.deadline >= calls.changeEnds;
  if (previous.restorable && !isLastTick && left < needed && elapsed > left) return { IsComplete: false };
  const outcome = await restore(dependencies, goal, previous);
  const message = `${failures.length} of ${goal.targets.length} policies could not be deployed; ${outcome}`;
  throw new Error(renderFailures({ message }, failures));
}

async function restore(dependencies: ReconcileDependencies, goal: Goal, previous: PreviousSet): Promise<string> {
  if (!previous.restorable) return 'the set is left as it is';
  const names = new Set(goal.targets.map(({ name }) => name));
  const { beforeChange: _, ...rest } = goal;
  // What the failed change brought is known by its content too: a tick before this may have made it, and somebody taken its signature away. It
  // may be overwritten, and in an engine of its own removed.
  const isBrought = (policy: ActualPolicy): boolean => goal.targets.some((target) => isSameContent(target, policy));
  const isOwn = (policy: ActualPolicy): boolean => {
    const owner = goal.removal(policy);
    return owner === 'own' || (owner === 'foreign' && isBrought(policy));
  };
  const back: Goal = {
    ...rest,
    targets: previous.targets,
    restoring: true,
    mayOverwrite: (policy) => goal.mayOverwrite(policy) || isBrought(policy),
    removal: (policy) => (isOwn(policy) && (names.has(policy.name) || isBridgeName(policy.name)) ? 'own' : undefined),
  };
  try {
    const { failures } = await reconcile(dependencies, back);
    if (failures.length === 0) return 'the set is what it was before';
    return `and back to what it was before, these could not be brought: ${listNames(failures.map(({ name }) => name))}`;
  } catch (error) {
    if (error instanceof OutOfTime) return 'there was no time to return to the previous set';
    if (error instanceof CallFailure)
      return `the way back to the previous set ended with ${error.operation}: ${error.message}`;
    throw error;
  }
}
