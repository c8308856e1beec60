import { sameStatement } from '../../../lib/contract/statement';
import { isPassing, REASONS } from '../messages/reasons';
import { attemptOf, isSignedAs } from '../policies/ownership';
import { type ActualPolicy, inProgress, isStuck, type TargetPolicy } from '../policies/policy';
import { ACCEPTED_ATTEMPTS } from '../timing';
import type { Journal } from './journal';

export type PolicyStep =
  | { readonly kind: 'create'; readonly name: string; readonly target: TargetPolicy }
  | { readonly kind: 'update'; readonly name: string; readonly target: TargetPolicy; readonly policy: ActualPolicy }
  /** Removes what is left of a failed creation, to create it again. */
  | { readonly kind: 'clear'; readonly name: string; readonly policy: ActualPolicy }
  | { readonly kind: 'remove'; readonly name: string; readonly policy: ActualPolicy; readonly owner: Owner };

/** Who made a policy that is to go: this resource, or anybody else. */
export type Owner = 'own' | 'foreign';

/** The next step for one policy, or why there is none. */
export type Verdict = 'done' | 'wait' | { readonly step: PolicyStep } | { readonly reasons: readonly string[] };

/** Whether a verdict is a change in place. */
export function isUpdate(verdict: Verdict): boolean {
  return typeof verdict === 'object' && 'step' in verdict && verdict.step.kind === 'update';
}

export interface JudgeInput {
  /** Marker with which policies are signed. */
  readonly marker: string;
  /** Whether a policy of a declared name may be overwritten. */
  readonly mayOverwrite: (policy: ActualPolicy) => boolean;
  /** Whether rights that came with this change may not have reached the service yet. */
  readonly rightsMayBeNew: boolean;
  readonly journal: Journal;
  readonly now: number;
}

/** The verdict on a declared policy. A state that passes by itself is waited for, however long it takes. */
export function judge(input: JudgeInput, target: TargetPolicy, policy: ActualPolicy | undefined): Verdict {
  const { journal, now } = input;
  const { name } = target;
  const action = journal.last(name);
  if (action?.refusal !== undefined) return { reasons: [action.refusal] };
  if (journal.isStale(name, policy, now) || journal.isPausing(name, now)) return 'wait';
  if (policy === undefined) return judgeAbsent(input, target);
  if (inProgress(policy, now)) return 'wait';
  if (policy.status === 'DELETING') return { step: { kind: 'clear', name, policy } };
  if (!input.mayOverwrite(policy)) return { reasons: [REASONS.foreignName.reason] };
  const update: Verdict = { step: { kind: 'update', name, target, policy } };
  const clear: Verdict = { step: { kind: 'clear', name, policy } };
  if (isStuck(policy, now)) {
    if (policy.status !== 'CREATING') return update;
    return attemptOf(policy) > 1 ? { reasons: [stillText(policy, now)] } : clear;
  }
  if (policy.status !== 'ACTIVE') {
    const triedNow = action?.policyId === policy.policyId && action.operation !== 'remove';
    if (triedNow && !(input.rightsMayBeNew && isPassing(policy.reasons))) return { reasons: policy.reasons };
    return policy.status === 'CREATE_FAILED' ? clear : update;
  }
  if (isAsDeclared(input.marker, target, policy)) return 'done';
  if (journal.accepted(name, 'update') >= ACCEPTED_ATTEMPTS) return { reasons: [REASONS.neverEqual.reason] };
  return update;
}

function judgeAbsent({ journal, now }: JudgeInput, target: TargetPolicy): Verdict {
  const { name } = target;
  const conflict = journal.conflict(name, 'create');
  if (conflict !== undefined && journal.isLasting(name, 'create', now)) {
    return { reasons: [REASONS.nameTaken.reason, conflict.message] };
  }
  if (journal.lostIds(name).length >= ACCEPTED_ATTEMPTS) {
    return { reasons: [REASONS.vanished.reason, ...journal.clearedReasons(name)] };
  }
  return { step: { kind: 'create', name, target } };
}

/** The verdict on a policy that is to go. */
export function judgeRemoval({ journal, now }: JudgeInput, policy: ActualPolicy, owner: Owner): Verdict {
  const { name } = policy;
  const action = journal.last(name);
  if (action?.refusal !== undefined) return { reasons: [action.refusal] };
  if (journal.isStale(name, policy, now) || journal.isPausing(name, now) || inProgress(policy, now)) return 'wait';
  if (journal.accepted(name, 'remove') >= ACCEPTED_ATTEMPTS) {
    return { reasons: policy.status === 'DELETE_FAILED' ? policy.reasons : [REASONS.neverGone.reason] };
  }
  return { step: { kind: 'remove', name, policy, owner } };
}

/** Whether a policy on the service is what was declared. */
export function isAsDeclared(marker: string, target: TargetPolicy, policy: ActualPolicy): boolean {
  return (
    policy.status === 'ACTIVE' &&
    policy.enforcementMode === target.enforcementMode &&
    isSignedAs(marker, target, policy) &&
    sameStatement(policy.statement, target.statement)
  );
}

/** How long a policy has been on its way. */
export function stillText(policy: ActualPolicy, now: number): string {
  const since = policy.status === 'CREATING' ? policy.createdAt : policy.updatedAt;
  return `${REASONS.stuck.reason} ${policy.status} after ${Math.round((now - since) / 1000)} s`;
}
