/** What a run of the guard came to. */
export interface Verdict {
  /** `deploying`: the stack is being changed, and nothing was looked at. */
  readonly state: 'deploying' | 'as declared' | 'changed' | 'repaired';
  /** Differences from what is declared, in words; before the repair. */
  readonly differences: readonly string[];
  /** Differences that are left. */
  readonly left: readonly string[];
}
