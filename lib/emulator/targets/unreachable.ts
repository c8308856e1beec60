import type { TargetCaller } from './target';

/** A target that has no local stand-in: every call fails cleanly and says what to do. */
export function unreachableTarget(reason: string): TargetCaller {
  return { call: () => Promise.resolve({ kind: 'failure', detail: reason }) };
}
