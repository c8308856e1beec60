import type { EnforcementMode, Outcome } from '../contract/decision';
import type { DecisionRecord } from '../contract/decision-record/record';

/**
 * What became of a call. `allowed` went through by decision, `would be denied` went through because the engine only logs, `refused` never
 * reached the policies, `unknown` is what no source tells.
 */
export type CallVerdict = 'allowed' | 'denied' | 'would be denied' | 'undecided' | 'refused' | 'unknown';

/** Where a call was read from. */
export type SourceKind = 'record' | 'log' | 'span';

/** One call of a tool, as far as its sources know it. */
export interface ObservedCall {
  readonly sources: readonly SourceKind[];
  /** UTC, ISO 8601. */
  readonly time: string;
  readonly requestId: string | undefined;
  /** Pseudonym of a record, or the entity id of a log line. */
  readonly caller: string | undefined;
  readonly tool: string | undefined;
  readonly mode: EnforcementMode | undefined;
  readonly verdict: CallVerdict;
  /** What the policies said, where that is known whatever the mode. */
  readonly outcome: Outcome | undefined;
  /** Ids of the policies that decided; undefined where no source names them. */
  readonly policies: readonly string[] | undefined;
  readonly reason: string | undefined;
  /** Policies in LOG_ONLY that would have changed the decision, and those that erred. */
  readonly flipping: readonly string[];
  readonly mismatched: readonly string[];
  /** How many calls this one stands for, when only a share is recorded. */
  readonly weight: number;
  /** Whether the sources of the call say that they know `mismatched`. */
  readonly knowsMismatched: boolean;
  readonly record: DecisionRecord | undefined;
}
