/** Callers by a claim of their token. */
export interface CallerRule {
  /** For example `cognito:groups`. */
  readonly claim: string;
  /** The claim must be one of these, or, when it is an array, contain one. */
  readonly values: string[];
}
