import { isPassing, REASON } from './explain';
import type { Journal } from './journal';
import { TIMES } from './limits';
import { attemptOf, isSignedAs } from './ownership';
import { type ActualPolicy, type Failure, inProgress, isStuck, type TargetPolicy } from './policies';
import { effectOf, sameStatement } from './statement';

export type Step =
  | { readonly kind: 'create'; readonly name: string; readonly target: TargetPolicy }
  | { readonly kind: 'update'; readonly name: string; readonly target: TargetPolicy; readonly policy: ActualPolicy }
  /** Removes what is left of a failed creation, to create it again. */
  | { readonly kind: 'clear'; readonly name: string; readonly policy: ActualPolicy }
  | { readonly kind: 'remove'; readonly name: string; readonly policy: ActualPolicy; readonly owner: Owner };

/** Who made a policy that is to go: this resource, or anybody else. */
export type Owner = 'own' | 'foreign';

/**
 * What to do now. Growth comes in two stages, permits before forbids, since a forbid that meets no permit can be judged to deny everything;
 * removals come last, permits first, so that nothing is open in between that neither set allows.
 */
export interface Plan {
  /** To be done at once, in any order. */
  readonly steps: readonly Step[];
  /** Policies that the service is still at work on, or whose reads do not show yet what was done. */
  readonly waitingFor: readonly string[];
  readonly failures: readonly Failure[];
  /** Policies that nobody declared and that are left alone. */
  readonly undeclared: readonly ActualPolicy[];
}

export interface PlanInput {
  readonly targets: readonly TargetPolicy[];
  readonly actual: readonly ActualPolicy[];
  /** Marker with which policies are signed. */
  readonly marker: string;
  /** Whether a policy of a declared name may be overwritten. */
  readonly mayOverwrite: (policy: ActualPolicy) => boolean;
  /** Whether an undeclared policy is to go, and who made it. */
  readonly removal: (policy: ActualPolicy) => Owner | undefined;
  /** Whether this is the way back of a failed change. */
  readonly restoring: boolean;
  readonly journal: Journal;
  readonly now: number;
}

/** One policy's part of the plan. */
type Verdict = 'done' | 'wait' | { readonly step: Step } | { readonly reasons: readonly string[] };

const PERMITS = 0;
const FORBIDS = 1;
const REMOVE_PERMITS = 2;
const REMOVE_FORBIDS = 3;

/** Computes what to do from what is wanted and what is there. */
export function plan(input: PlanInput): Plan {
  const byName = newestByName(input.actual);
  const stages: { steps: Step[]; waitingFor: string[] }[] = [0, 1, 2, 3].map(() => ({ steps: [], waitingFor: [] }));
  const failures: Failure[] = [];
  const undeclared: ActualPolicy[] = [];
  let activePermits = 0;

  const file = (stage: number, name: string, verdict: Verdict, target?: TargetPolicy): void => {
    const bucket = stages[stage];
    if (verdict === 'done' || bucket === undefined) return;
    if (verdict === 'wait') bucket.waitingFor.push(name);
    else if ('step' in verdict) bucket.steps.push(verdict.step);
    else failures.push({ name, reasons: verdict.reasons, ...(target && { target }) });
  };

  const declared = new Set<string>();
  for (const target of input.targets) {
    declared.add(target.name);
    const policy = byName.get(target.name);
    if (policy?.status === 'ACTIVE' && target.effect === 'permit') activePermits += 1;
    file(target.effect === 'permit' ? PERMITS : FORBIDS, target.name, judge(input, target, policy), target);
  }
  for (const policy of input.actual) {
    if (declared.has(policy.name) && byName.get(policy.name) === policy) continue;
    const owner = input.removal(policy);
    if (owner === undefined) {
      undeclared.push(policy);
      continue;
    }
    const stage = effectOf(policy.statement) === 'permit' ? REMOVE_PERMITS : REMOVE_FORBIDS;
    file(stage, policy.name, judgeRemoval(input, policy, owner));
  }

  const last = failures.length === 0 ? REMOVE_FORBIDS : lastStageAfterFailure(input.restoring, activePermits > 0);
  const open = stages.slice(0, last + 1).find((stage) => stage.waitingFor.length > 0 || stage.steps.length > 0);
  return { steps: open?.steps ?? [], waitingFor: open?.waitingFor ?? [], failures, undeclared };
}

/**
 * After a failure the rest of the growth still runs, so that all failures come at once; a removal would be for nothing. Without any permit
 * a forbid would fail for that reason alone. On the way back the permits that the failed change brought go in any case, its forbids stay.
 */
function lastStageAfterFailure(restoring: boolean, hasPermit: boolean): number {
  if (restoring) return REMOVE_PERMITS;
  return hasPermit ? FORBIDS : PERMITS;
}

/** Names are unique, but a policy that is going and its successor may both be in a read. */
function newestByName(actual: readonly ActualPolicy[]): Map<string, ActualPolicy> {
  const byName = new Map<string, ActualPolicy>();
  for (const policy of actual) {
    const other = byName.get(policy.name);
    const newer =
      other === undefined ||
      other.status === 'DELETING' ||
      (policy.status !== 'DELETING' && policy.createdAt > other.createdAt);
    if (newer) byName.set(policy.name, policy);
  }
  return byName;
}

function judge(input: PlanInput, target: TargetPolicy, policy: ActualPolicy | undefined): Verdict {
  const { journal, now } = input;
  const { name } = target;
  const deed = journal.last(name);
  if (deed?.refusal !== undefined) return { reasons: [deed.refusal] };
  if (journal.isStale(name, policy, now)) return 'wait';
  if (policy === undefined) return judgeAbsent(input, target);
  if (policy.status === 'DELETING') {
    return isStuck(policy, now) ? { reasons: [stuckReason(policy)] } : 'wait';
  }
  if (!input.mayOverwrite(policy)) return { reasons: [REASON.foreignName] };
  if (deed?.conflictSince !== undefined && now - deed.conflictSince >= TIMES.stuckChanging) {
    return { reasons: [REASON.busy] };
  }
  if (inProgress(policy, now)) return 'wait';
  if (isStuck(policy, now)) {
    const tried = policy.status !== 'CREATING' || attemptOf(policy) > 1;
    return tried ? { reasons: [stuckReason(policy)] } : { step: { kind: 'clear', name, policy } };
  }
  if (policy.status !== 'ACTIVE') {
    const triedNow = deed?.policyId === policy.policyId && deed.operation !== 'remove';
    if (triedNow && !mayPass(input, policy)) return { reasons: policy.reasons };
    return {
      step:
        policy.status === 'CREATE_FAILED' ? { kind: 'clear', name, policy } : { kind: 'update', name, target, policy },
    };
  }
  if (isAsDeclared(input.marker, target, policy)) return 'done';
  if (journal.accepted(name, 'update') >= 3) return { reasons: [REASON.neverEqual] };
  return { step: { kind: 'update', name, target, policy } };
}

function judgeAbsent({ journal, now }: PlanInput, target: TargetPolicy): Verdict {
  const { name } = target;
  const deed = journal.last(name);
  const isRefused = deed?.operation === 'create' && deed.conflictSince !== undefined;
  if (isRefused && now - deed.conflictSince >= TIMES.nameConflict) return { reasons: [REASON.nameTaken] };
  if (journal.lostIds(name).length >= 3) return { reasons: [REASON.vanished, ...journal.clearedReasons(name)] };
  return { step: { kind: 'create', name, target } };
}

function judgeRemoval({ journal, now }: PlanInput, policy: ActualPolicy, owner: Owner): Verdict {
  const { name } = policy;
  const deed = journal.last(name);
  if (deed?.refusal !== undefined) return { reasons: [deed.refusal] };
  if (journal.isStale(name, policy, now)) return 'wait';
  if (deed?.conflictSince !== undefined && now - deed.conflictSince >= TIMES.stuckChanging) {
    return { reasons: [REASON.busy] };
  }
  if (inProgress(policy, now)) return 'wait';
  if (policy.status === 'DELETING') return { reasons: [stuckReason(policy)] };
  const triedNow = deed?.operation === 'remove' && deed.policyId === policy.policyId;
  if (triedNow && policy.status === 'DELETE_FAILED') return { reasons: policy.reasons };
  if (journal.accepted(name, 'remove') >= 3) return { reasons: [REASON.neverGone] };
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

/** Whether a failure is of the kind that passes by itself, and has not been tried for longer than that takes. */
function mayPass({ journal, now }: PlanInput, policy: ActualPolicy): boolean {
  return isPassing(policy.reasons) && now - (journal.firstAt(policy.name) ?? now) < TIMES.denied;
}

function stuckReason(policy: ActualPolicy): string {
  const seconds = (policy.status === 'CREATING' ? TIMES.stuckCreating : TIMES.stuckChanging) / 1000;
  return `still ${policy.status} after ${seconds} s`;
}
