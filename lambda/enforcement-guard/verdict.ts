/** What a run of the guard came to. */
export interface Verdict {
  /** `deploying`: the stack is being changed, and nothing was looked at. */
  readonly state: 'deploying' | 'as declared' | 'changed' | 'repaired';
  /** What is not as declared, in words; before the repair. */
  readonly differences: readonly string[];
  /** What is still not as declared. */
  readonly left: readonly string[];
}
