import type { EnforcementMode } from '../../contract/decision';
import type { ObservedCall } from '../observed-call';

/** A mode, and when calls were decided in it. */
export interface ModeSeen {
  readonly mode: EnforcementMode;
  readonly from: string;
  readonly to: string;
}

/** Collects the modes of enforcement from calls as they come. */
export class ModesSeen {
  private readonly seen = new Map<EnforcementMode, ModeSeen>();

  add({ mode, time }: ObservedCall): void {
    if (mode === undefined) return;
    const { from, to } = this.seen.get(mode) ?? { from: time, to: time };
    this.seen.set(mode, { mode, from: time < from ? time : from, to: time > to ? time : to });
  }

  /** The one that was seen last comes first. */
  result(): ModeSeen[] {
    return [...this.seen.values()].sort((a, b) => (a.to < b.to ? 1 : -1));
  }
}
