/** Selects callers by a claim of their token. */
export interface CallerSelector {
  /** For example `cognito:groups`. */
  readonly claim: string;
  /** The claim must equal one of these or, if it is an array, contain one. */
  readonly values: string[];
}
