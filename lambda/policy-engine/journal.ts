import { TIMES } from './limits';
import type { ActualPolicy, PolicyState } from './policies';

/** The last thing that this tick did to a policy. */
export interface Deed {
  readonly operation: 'create' | 'update' | 'remove';
  /** When it was done. */
  readonly at: number;
  /** Of the policy that the service named in its answer. */
  readonly policyId?: string;
  /** The service's own time of the change: a read that is older does not show it yet. */
  readonly updatedAt?: number;
  /** Why the service refused. */
  readonly refusal?: string;
  /** Since when the service has been answering that the policy is busy or its name taken. */
  readonly conflictSince?: number;
}

/**
 * What this tick did, by policy name. Reads may be older than writes, and a failed policy does not say whether it failed now or long
 * ago: the journal tells. It dies with the tick; without it, a policy is merely tried once more.
 */
export class Journal {
  private readonly deeds = new Map<string, Deed>();
  private readonly counts = new Map<string, number>();
  private readonly lost = new Map<string, string[]>();
  private readonly cleared = new Map<
    string,
    { readonly ids: readonly string[]; readonly reasons: readonly string[] }
  >();
  private readonly first = new Map<string, number>();
  private readonly stuck = new Set<string>();

  last(name: string): Deed | undefined {
    return this.deeds.get(name);
  }

  /** How often the service accepted an operation on a policy. */
  accepted(name: string, operation: Deed['operation']): number {
    return this.counts.get(`${operation} ${name}`) ?? 0;
  }

  recordAccepted(operation: Deed['operation'], at: number, answer: PolicyState): void {
    const { name, policyId, updatedAt } = answer;
    this.deeds.set(name, { operation, at, policyId, updatedAt });
    this.counts.set(`${operation} ${name}`, this.accepted(name, operation) + 1);
    if (!this.first.has(name)) this.first.set(name, at);
  }

  /** When the service first accepted something for a policy. */
  firstAt(name: string): number | undefined {
    return this.first.get(name);
  }

  /** Names of all policies that this tick did something to. */
  names(): readonly string[] {
    return [...this.deeds.keys()];
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

  recordRefused(name: string, operation: Deed['operation'], at: number, refusal: string): void {
    this.deeds.set(name, { operation, at, refusal });
  }

  recordConflict(name: string, operation: Deed['operation'], at: number): void {
    const last = this.deeds.get(name);
    const since = last?.operation === operation ? last.conflictSince : undefined;
    this.deeds.set(name, { operation, at, conflictSince: since ?? at });
  }

  /** Notes that what was created is not to be found: the service repeated its answer about a policy that is gone. */
  recordLost(name: string, policyId: string): void {
    this.lost.set(name, [...this.lostIds(name), policyId]);
    this.deeds.delete(name);
  }

  /** Ids that creations of this name were answered with and that are gone. */
  lostIds(name: string): readonly string[] {
    return this.lost.get(name) ?? [];
  }

  /** Whether the read of a policy, or its absence from a read, is older than what this tick did to it. */
  isStale(name: string, read: PolicyState | undefined, now: number): boolean {
    const deed = this.deeds.get(name);
    if (deed?.policyId === undefined || now - deed.at >= TIMES.consistency) return false;
    if (deed.operation === 'remove') {
      return read?.policyId === deed.policyId && read.status !== 'DELETING' && read.updatedAt <= (deed.updatedAt ?? 0);
    }
    if (read === undefined || read.policyId !== deed.policyId) return true;
    return read.updatedAt < (deed.updatedAt ?? 0);
  }
}
