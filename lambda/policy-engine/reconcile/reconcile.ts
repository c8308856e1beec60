import { type ActualPolicy, inProgress, isChanging, type TargetPolicy } from '../policies/policy';
import { inParallel } from '../service/in-parallel';
import { CONCURRENCY, pollAfter, TIMES } from '../timing';
import type { Goal, ReconcileDependencies } from './goal';
import { Journal } from './journal';
import type { PolicyStep } from './judge';
import { openFailures } from './open-failures';
import { type Plan, plan } from './plan';
import { take } from './take-step';

/**
 * Works towards a goal until the policies are as they should be, or cannot be brought there: then the failures are in the result.
 * Reads everything, plans, does the plan's steps, waits for the service, and reads again. Throws OutOfTime when the tick must end, with what
 * is still to be done in `calls.open`, and CallFailure when the engine cannot be read.
 */
export async function reconcile(dependencies: ReconcileDependencies, goal: Goal): Promise<Plan> {
  const { api, calls } = dependencies;
  const journal = new Journal();
  let changed = false;
  let oneAtATime = false;
  for (;;) {
    const actual = await api.list();
    noteLost(journal, goal.targets, actual, calls.clock.now());
    const { targets, marker, mayOverwrite, removal, restoring } = goal;
    const now = calls.clock.now();
    const { rightsMayBeNew } = calls;
    const next = plan({ targets, actual, marker, mayOverwrite, removal, restoring, rightsMayBeNew, journal, now });
    calls.open = openFailures(next, goal, actual, journal, now);
    if (next.steps.length === 0 && next.waitingFor.length === 0) {
      const unseen = TIMES.lookBack - (now - goal.started);
      if (next.failures.length > 0 || unseen <= 0) return next;
      await calls.sleep(unseen);
      continue;
    }
    if (next.steps.length > 0 && !changed) {
      await goal.beforeChange?.();
      changed = true;
    }
    if (oneAtATime) {
      for (const step of next.steps) await finish(dependencies, goal, journal, actual, [step], []);
      if (next.steps.length === 0) await finish(dependencies, goal, journal, actual, [], next.waitingFor);
    } else {
      await finish(dependencies, goal, journal, actual, next.steps, next.waitingFor);
      oneAtATime = isOneAtATime(next.steps, journal);
    }
  }
}

/** Takes steps at the same time, and waits until the service is done with them and with what it was at work on. */
async function finish(
  dependencies: ReconcileDependencies,
  goal: Goal,
  journal: Journal,
  actual: readonly ActualPolicy[],
  steps: readonly PolicyStep[],
  waitingFor: readonly string[],
): Promise<void> {
  const alone = steps.length === 1 && waitingFor.length === 0 && !actual.some(isChanging);
  await inParallel(steps, CONCURRENCY, (step) => take(dependencies, goal, journal, step, alone));
  await settle(dependencies, journal, new Set([...waitingFor, ...steps.map(({ name }) => name)]));
}

/** Whether the engine seems to take one write at a time: it refused several policies at once, or says so. */
function isOneAtATime(steps: readonly PolicyStep[], journal: Journal): boolean {
  const conflicts = steps.map(({ name }) => journal.conflict(name)).filter((conflict) => conflict !== undefined);
  return conflicts.length > 1 || conflicts.some(({ message }) => /concurrent/i.test(message));
}

/** After the consistency window, what was created and is not there will not come: the service answered a repeated token from memory. */
function noteLost(
  journal: Journal,
  targets: readonly TargetPolicy[],
  actual: readonly ActualPolicy[],
  now: number,
): void {
  const ids = new Set(actual.map(({ policyId }) => policyId));
  for (const { name } of targets) {
    const action = journal.last(name);
    if (action?.operation !== 'create' || action.policyId === undefined || ids.has(action.policyId)) continue;
    if (!journal.isStale(name, undefined, now)) journal.recordLost(name, action.policyId);
  }
}

/** Waits until the service is done with the named policies, and reads show what this tick did to them. */
async function settle(
  { api, calls }: ReconcileDependencies,
  journal: Journal,
  names: ReadonlySet<string>,
): Promise<void> {
  const began = calls.clock.now();
  for (let wait: number = TIMES.poll; ; ) {
    await calls.sleep(wait);
    const states = (await api.listStates()).filter(({ name }) => names.has(name));
    const now = calls.clock.now();
    const seen = new Set(states.map(({ name }) => name));
    const unseen = [...names].some((name) => !seen.has(name) && journal.isStale(name, undefined, now));
    const changing = states.some((state) => inProgress(state, now) || journal.isStale(state.name, state, now));
    const pause = Math.max(0, ...[...names].map((name) => journal.pauseLeft(name, now)));
    if (!unseen && !changing && pause === 0) return;
    // Of policies that are only left in peace, there is nothing to see before that is over.
    wait = unseen || changing ? pollAfter(now - began) : pause;
  }
}
