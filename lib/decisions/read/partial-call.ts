import type { EnforcementMode, Outcome } from '../../contract/decision';
import type { DecisionRecord } from '../../contract/decision-record/record';
import { policyNameOf } from '../../contract/service-id';
import type { SourceKind } from '../observed-call';

/** What one line adds to what is known of a call. */
export interface PartialCall {
  readonly source: SourceKind;
  /** Joins lines of one source. */
  readonly key: string;
  readonly requestId?: string;
  readonly time?: string;
  readonly caller?: string;
  readonly tool?: string;
  readonly mode?: EnforcementMode;
  readonly outcome?: Outcome;
  readonly policies?: readonly string[];
  readonly reason?: string;
  readonly flipping?: readonly string[];
  readonly mismatched?: readonly string[];
  /** Whether the target ran, or was kept from it. */
  readonly ran?: boolean;
  readonly record?: DecisionRecord;
  /** Whether nothing more is to come. */
  readonly isWhole?: boolean;
}

const DUE_TO = /^Policy evaluation (?:denied|allowed) due to (.+)$/;

/** The policies that a reason names; undefined when it names none. */
export function policiesOfReason(reason: string | undefined): string[] | undefined {
  const names = reason === undefined ? undefined : DUE_TO.exec(reason)?.[1];
  return names?.split(', ').map(policyNameOf);
}
