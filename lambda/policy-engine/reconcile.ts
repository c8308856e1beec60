import { type Calls, failedAs } from './calls';
import { clientToken, type PolicyApi } from './control-plane';
import type { Log } from './edges';
import { Journal } from './journal';
import { CONCURRENCY, TIMES } from './limits';
import { isSigned, sign } from './ownership';
import { inParallel } from './pace';
import { type Owner, type Plan, plan, type Step } from './plan';
import { type ActualPolicy, inProgress, isStuck, type PolicyState, type TargetPolicy } from './policies';

/** What the policies of an engine are to become. */
export interface Goal {
  readonly targets: readonly TargetPolicy[];
  readonly marker: string;
  readonly mayOverwrite: (policy: ActualPolicy) => boolean;
  readonly removal: (policy: ActualPolicy) => Owner | undefined;
  /** Key of the request: creations of one request are sent with the same client tokens. */
  readonly requestId: string;
  /** Whether this is the way back of a failed change. */
  readonly restoring: boolean;
  /** When the tick began. */
  readonly started: number;
  /** Called before the first change, and may throw to prevent it. */
  readonly beforeChange?: () => Promise<void>;
}

export interface ReconcileEdges {
  readonly api: PolicyApi;
  readonly calls: Calls;
  readonly log: Log;
}

/**
 * Works towards a goal until the policies are as they should be, or cannot be brought there: then the failures are in the result.
 * Reads everything, plans, does the plan's steps, waits for the service, and reads again. Throws OutOfTime when the tick must end,
 * and CallFailure when the engine cannot be read.
 */
export async function reconcile(edges: ReconcileEdges, goal: Goal): Promise<Plan> {
  const { api, calls } = edges;
  const journal = new Journal();
  let changed = false;
  for (;;) {
    const actual = await api.list();
    noteLost(journal, goal.targets, actual, calls.clock.now());
    const { targets, marker, mayOverwrite, removal, restoring } = goal;
    const now = calls.clock.now();
    const next = plan({ targets, actual, marker, mayOverwrite, removal, restoring, journal, now });
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
    await inParallel(next.steps, CONCURRENCY, (step) => take(edges, goal, journal, step));
    await settle(edges, journal, new Set([...next.waitingFor, ...next.steps.map(({ name }) => name)]));
  }
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
    const deed = journal.last(name);
    if (deed?.operation !== 'create' || deed.policyId === undefined || ids.has(deed.policyId)) continue;
    if (!journal.isStale(name, undefined, now)) journal.recordLost(name, deed.policyId);
  }
}

/** Takes one step. What the service refuses is noted for the next plan. */
async function take(edges: ReconcileEdges, goal: Goal, journal: Journal, step: Step): Promise<void> {
  const { calls, log } = edges;
  const operation = step.kind === 'clear' ? 'remove' : step.kind;
  const started = calls.clock.now();
  const report = (level: 'info' | 'warn', outcome: string, reason?: string): void =>
    log(level, `${step.kind} policy`, {
      policy: step.name,
      operation: step.kind,
      status: outcome,
      ...(reason !== undefined && { reason }),
      durationMs: calls.clock.now() - started,
    });
  if (step.kind === 'clear') journal.recordCleared(step.policy, isStuck(step.policy, started));
  try {
    const answer = await send(edges, goal, journal, step);
    journal.recordAccepted(operation, calls.clock.now(), answer);
    report('info', answer.status);
  } catch (error) {
    if (failedAs(error, 'conflict')) {
      journal.recordConflict(step.name, operation, calls.clock.now());
      report('info', 'CONFLICT', error.message);
    } else if (failedAs(error, 'missing') && step.kind !== 'create') {
      report('info', 'MISSING', error.message);
    } else if (failedAs(error, 'refused', 'denied', 'unanswered', 'missing')) {
      journal.recordRefused(step.name, operation, calls.clock.now(), error.message);
      report('warn', 'REFUSED', error.message);
    } else {
      throw error;
    }
  }
}

async function send({ api, log }: ReconcileEdges, goal: Goal, journal: Journal, step: Step): Promise<PolicyState> {
  switch (step.kind) {
    case 'create': {
      const { target } = step;
      const description = sign(goal.marker, target, journal.nextAttempt(target.name));
      const token = clientToken(
        goal.requestId,
        target.name,
        target.statement,
        description,
        target.enforcementMode,
        ...journal.goneIds(target.name),
      );
      return api.create(target, description, token);
    }
    case 'update':
      if (!isSigned([goal.marker], step.policy))
        logStatement(log, 'overwriting a policy that somebody else made', step.policy);
      return api.update(step.policy.policyId, step.target, sign(goal.marker, step.target, 1));
    case 'remove':
      if (step.owner === 'foreign') logStatement(log, 'removing a policy that nobody declared', step.policy);
      return api.remove(step.policy.policyId);
    case 'clear':
      return api.remove(step.policy.policyId);
  }
}

/** Nothing is lost: what somebody wrote by hand can be taken from the log. */
function logStatement(log: Log, message: string, { name, statement, description }: ActualPolicy): void {
  log('warn', message, { policy: name, statement, description });
}

/** Waits until the service is done with the named policies, and reads show what this tick did to them. */
async function settle({ api, calls }: ReconcileEdges, journal: Journal, names: ReadonlySet<string>): Promise<void> {
  for (;;) {
    await calls.sleep(TIMES.poll);
    const states = (await api.listStates()).filter(({ name }) => names.has(name));
    const now = calls.clock.now();
    const seen = new Set(states.map(({ name }) => name));
    const unseen = [...names].some((name) => !seen.has(name) && journal.isStale(name, undefined, now));
    if (!unseen && !states.some((state) => inProgress(state, now) || journal.isStale(state.name, state, now))) return;
  }
}
