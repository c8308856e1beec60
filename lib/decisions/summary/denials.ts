import type { CallVerdict, ObservedCall } from '../observed-call';

/** Calls that did not go through, or would not, alike in verdict, tool, caller, policies and reason. */
export interface DenialKind {
  readonly verdict: CallVerdict;
  readonly tool: string | undefined;
  readonly caller: string | undefined;
  /** Ids of the policies that decided; undefined where no source names them. */
  readonly policies: readonly string[] | undefined;
  readonly reason: string | undefined;
  /** Extrapolated where only a share is recorded. */
  readonly calls: number;
  /** First and last of them. */
  readonly from: string;
  readonly to: string;
}

/** Kinds that are kept apart. What comes beyond is counted by verdict alone, so that memory stays flat. */
const KINDS = 1_000;

const PASSED: ReadonlySet<CallVerdict> = new Set(['allowed', 'unknown']);

/** Collects denials from calls as they come. */
export class Denials {
  private readonly kinds = new Map<string, DenialKind>();

  add({ verdict, tool, caller, policies, reason, time, weight }: ObservedCall): void {
    if (PASSED.has(verdict)) return;
    const own = { verdict, tool, caller, policies, reason };
    const rest = { verdict, tool: undefined, caller: undefined, policies: undefined, reason: '(other denials)' };
    const isKept = this.kinds.size < KINDS || this.kinds.has(keyOf(own));
    const kind = isKept ? own : rest;
    const known = this.kinds.get(keyOf(kind)) ?? { ...kind, calls: 0, from: time, to: time };
    this.kinds.set(keyOf(kind), {
      ...known,
      calls: known.calls + weight,
      from: time < known.from ? time : known.from,
      to: time > known.to ? time : known.to,
    });
  }

  /** The most frequent first. */
  result(): DenialKind[] {
    const rounded = [...this.kinds.values()].map((kind) => ({ ...kind, calls: Math.round(kind.calls) }));
    return rounded.sort((a, b) => b.calls - a.calls || (a.to < b.to ? 1 : -1));
  }
}

function keyOf({ verdict, tool, caller, policies, reason }: Omit<DenialKind, 'calls' | 'from' | 'to'>): string {
  return JSON.stringify([verdict, tool ?? null, caller ?? null, policies ?? null, reason ?? null]);
}
