/**
 * What the policies of one tool can read of a call. Arguments are named by JSON pointers (RFC 6901) into the arguments of the call as the
 * REQUEST interceptor leaves them: `/place/zip`; the empty pointer is all of them.
 */
export interface DecisionReads {
  /** Whether a policy looks at who calls, beyond the kind of caller. */
  readonly callerId: boolean;
  /** Whether a policy looks at the time. */
  readonly clock: boolean;
  /** Claims by name; `all` when a policy computes the name. */
  readonly claims: readonly string[] | 'all';
  /** Claims of which policies only ask whether they are there. */
  readonly testedClaims: readonly string[];
  readonly arguments: readonly string[];
  /** Arguments of which policies only ask whether they are there. */
  readonly testedArguments: readonly string[];
}
