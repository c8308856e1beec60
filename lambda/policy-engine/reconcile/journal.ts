import type { ActualPolicy, PolicyState } from '../policies/policy';
import { busyPause, CONFLICT_ATTEMPTS, TIMES } from '../timing';

/** The last thing that this tick did to a policy. */
export interface PolicyAction {
  readonly operation: 'create' | 'update' | 'remove';
  /** When it was done. */
  readonly at: number;
  /** Of the policy that the service named in its answer. */
  readonly policyId?: string;
  /** The service's own time of the change: a read that is older does not show it yet. */
  readonly updatedAt?: number;
  /** Why the service refused. */
  readonly refusal?: string;
  readonly conflict?: Conflict;
}

/** What the service answers again and again: that the policy is busy, its name taken, or the engine at work. */
export interface Conflict {
  readonly since: number;
  /** How often this was the answer while nothing else in the engine was changing, so that the policy itself must be the reason. */
  readonly attempts: number;
  /** The service's own. */
  readonly message: string;
}

/**
 * What this tick did, by policy name. Reads may be older than writes, and a failed policy does not say whether it failed now or long
 * ago: the journal tells. It dies with the tick; without it, a policy is merely tried once more.
 */
export class Journal {
  private readonly actions = new Map<string, PolicyAction>();
  private readonly counts = new Map<string, number>();
  private readonly lost = new Map<string, string[]>();
  private readonly cleared = new Map<
    string,
    { readonly ids: readonly string[]; readonly reasons: readonly string[] }
  >();
  private readonly stuck = new Set<string>();

  last(name: string): PolicyAction | undefined {
    return this.actions.get(name);
  }

  /** How often the service accepted an operation on a policy. */
  accepted(name: string, operation: PolicyAction['operation']): number {
    return this.counts.get(`${operation} ${name}`) ?? 0;
  }

  recordAccepted(operation: PolicyAction['operation'], at: number, answer: PolicyState): void {
    const { name, policyId, updatedAt } = answer;
    this.actions.set(name, { operation, at, policyId, updatedAt });
    this.counts.set(`${operation} ${name}`, this.accepted(name, operation) + 1);
  }

  /** Names of all policies that this tick did something to. */
  names(): readonly string[] {
    return [...this.actions.keys()];
  }

  /** Notes that what is left of a failed creation is being removed: by this tick, or by another one that was faster. */
  recordCleared(policy: ActualPolicy, stuck: boolean): void {
    const { name, policyId, reasons } = policy;
    this.cleared.set(name, { ids: [...(this.cleared.get(name)?.ids ?? []), policyId], reasons });
    if (stuck) this.stuck.add(name);
  }

  /** Why the last creation that was cleared had failed. */
  clearedReasons(name: string): readonly string[] {
    return this.cleared.get(name)?.reasons ?? [];
  }

  /** Ids that a name had and that are gone, so that its next creation is not taken for a repetition of an earlier one. */
  goneIds(name: string): readonly string[] {
    return [...(this.cleared.get(name)?.ids ?? []), ...this.lostIds(name)];
  }

  /** Which attempt the next creation of a policy is. */
  nextAttempt(name: string): number {
    return this.stuck.has(name) ? 2 : 1;
  }

  recordRefused(name: string, operation: PolicyAction['operation'], at: number, refusal: string): void {
    this.actions.set(name, { operation, at, refusal });
  }

  /** @param alone Whether nothing else in the engine was changing. */
  recordConflict(
    name: string,
    operation: PolicyAction['operation'],
    at: number,
    message: string,
    alone: boolean,
  ): void {
    const before = this.conflict(name, operation);
    const attempts = (before?.attempts ?? 0) + (alone ? 1 : 0);
    this.actions.set(name, { operation, at, conflict: { since: before?.since ?? at, attempts, message } });
  }

  /** What an operation on a policy meets, when it was the last thing that was tried. */
  conflict(name: string, operation?: PolicyAction['operation']): Conflict | undefined {
    const last = this.actions.get(name);
    return operation === undefined || last?.operation === operation ? last?.conflict : undefined;
  }

  /** Whether a conflict was met so often, and for so long, that it will not go away: one may be about anything. */
  isLasting(name: string, operation: PolicyAction['operation'], now: number): boolean {
    const conflict = this.conflict(name, operation);
    return (
      conflict !== undefined && conflict.attempts >= CONFLICT_ATTEMPTS && now - conflict.since >= TIMES.nameConflict
    );
  }

  /** Whether a policy was busy a moment ago, and is to be left in peace for another one. */
  isPausing(name: string, now: number): boolean {
    return this.pauseLeft(name, now) > 0;
  }

  /** Milliseconds for which a policy is still to be left in peace: the longer it has been busy, the longer at a time. */
  pauseLeft(name: string, now: number): number {
    const action = this.actions.get(name);
    return action?.conflict === undefined ? 0 : action.at + busyPause(action.at - action.conflict.since) - now;
  }

  /** Notes that what was created is not to be found: the service repeated its answer about a policy that is gone. */
  recordLost(name: string, policyId: string): void {
    this.lost.set(name, [...this.lostIds(name), policyId]);
    this.actions.delete(name);
  }

  /** Ids that creations of this name were answered with and that are gone. */
  lostIds(name: string): readonly string[] {
    return this.lost.get(name) ?? [];
  }

  /** Whether the read of a policy, or its absence from a read, is older than what this tick did to it. */
  isStale(name: string, read: PolicyState | undefined, now: number): boolean {
    const action = this.actions.get(name);
    if (action?.policyId === undefined || now - action.at >= TIMES.consistency) return false;
    if (action.operation === 'remove') {
      return (
        read?.policyId === action.policyId && read.status !== 'DELETING' && read.updatedAt <= (action.updatedAt ?? 0)
      );
    }
    if (read === undefined || read.policyId !== action.policyId) return true;
    return read.updatedAt < (action.updatedAt ?? 0);
  }
}
