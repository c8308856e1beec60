import type { Principal } from '../claims';
import type { EnforcementMode, Outcome } from '../decision';
import type { Projection } from './projection';

export const DECISION_RECORD_VERSION = 1;

/** Characters of one line. A call of which more would have to be recorded is recorded without values. */
export const MAX_RECORD_CHARACTERS = 16_384;

/**
 * How a call ended, as far as a point can see: `forwarded` to the policies, `allowed` with a result of the target, `denied`, `undecided`
 * because a policy erred or the arguments did not fit, `failed` in the target.
 */
export type RecordedOutcome = 'forwarded' | 'allowed' | 'denied' | 'undecided' | 'failed';

/** Who refused a call. */
export type RefusedBy = 'interceptor' | 'policy' | 'target';

/** The recorded part of a call, beside its ending. */
export interface RecordedInput extends Projection {
  readonly principal: {
    readonly type: Principal['type'];
    /** Only where a policy reads it. */
    readonly id?: string;
  };
  /** Whether values were left out because the line would have been too long. */
  readonly cut?: true;
  /** Pseudonyms of values of which otherwise only the presence is recorded: `claim email`, `argument /customer`. */
  readonly pseudonyms: { readonly [value: string]: string };
}

/** One line: what one point knows of a call, or the emulator of all of it. */
export interface DecisionRecord {
  readonly decisionRecord: typeof DECISION_RECORD_VERSION;
  readonly part: 'request' | 'response' | 'call';
  /** The same in both parts of a call. */
  readonly key: string;
  /** When the point saw the call; for `request` and `call` this is the time that policies see, to within milliseconds. */
  readonly time: string;
  /** The gateway's id of the request, by which its own log lines and spans are found. */
  readonly requestId?: string;
  /** Pseudonym of the caller; null where nobody knows the caller. */
  readonly caller: string | null;
  /** Full name. */
  readonly tool: string;
  readonly mode: EnforcementMode;
  /** Share of the calls that are recorded. */
  readonly sample: number;
  /** Hash of the tool's input type; absent for a tool that nobody knew at synth. */
  readonly schema?: string;
  /** Absent in a `response`, and for a call that an interceptor refused. */
  readonly input?: RecordedInput;
  readonly outcome: RecordedOutcome;
  readonly refusedBy?: RefusedBy;
  /** Word of the interceptor, or the policy engine's reason. */
  readonly reason?: string;
  /** What the policies said; only the emulator sees it. */
  readonly decided?: {
    readonly outcome: Outcome;
    readonly policies: readonly string[];
    /** Policies in LOG_ONLY that would have changed it. */
    readonly flipping: readonly string[];
    /** Policies in LOG_ONLY that erred. */
    readonly mismatched: readonly string[];
  };
}
