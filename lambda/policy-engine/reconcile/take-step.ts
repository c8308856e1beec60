import type { Log } from '../dependencies';
import { REASONS } from '../messages/reasons';
import { isSigned, sign } from '../policies/ownership';
import type { ActualPolicy, PolicyState } from '../policies/policy';
import { failedAs } from '../service/call-failure';
import { clientToken } from '../service/control-plane';
import type { Goal, ReconcileDependencies } from './goal';
import type { Journal } from './journal';
import type { PolicyStep } from './judge';

/**
 * Takes one step. What the service refuses is noted for the next plan.
 * @param alone Whether this is the only step that is under way.
 */
export async function take(
  dependencies: ReconcileDependencies,
  goal: Goal,
  journal: Journal,
  step: PolicyStep,
  alone: boolean,
): Promise<void> {
  const { calls, log } = dependencies;
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
  if (step.kind === 'clear') journal.recordCleared(step.policy, step.policy.status === 'CREATING');
  try {
    const answer = await send(dependencies, goal, journal, step);
    journal.recordAccepted(operation, calls.clock.now(), answer);
    report('info', answer.status);
  } catch (error) {
    const now = calls.clock.now();
    if (failedAs(error, 'conflict')) {
      journal.recordConflict(step.name, operation, now, error.message, alone);
      report('info', 'CONFLICT', error.message);
    } else if (failedAs(error, 'missing') && step.kind !== 'create') {
      report('info', 'MISSING', error.message);
    } else if (failedAs(error, 'quota')) {
      journal.recordRefused(step.name, operation, now, `${REASONS.full.reason}: ${error.message}`);
      report('warn', 'REFUSED', error.message);
    } else if (failedAs(error, 'refused', 'denied', 'missing')) {
      journal.recordRefused(step.name, operation, now, error.message);
      report('warn', 'REFUSED', error.message);
    } else {
      throw error;
    }
  }
}

async function send(
  { api, log }: ReconcileDependencies,
  goal: Goal,
  journal: Journal,
  step: PolicyStep,
): Promise<PolicyState> {
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
      const created = await api.create(target, description, token);
      goal.onCreated?.(created.policyId);
      return created;
    }
    case 'update':
      if (!isSigned(goal.marker, step.policy))
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
