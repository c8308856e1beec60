import type { Principal } from '../contract/claims';
import type { EnforcementMode, Outcome } from '../contract/decision';
import type { RecordedInput } from '../contract/decision-record/record';
import type { JsonObject } from '../contract/json';
import type { DecisionFlip } from '../policy/decision/model';

export type StageName = 'auth' | 'request' | 'policy' | 'target' | 'response';

/** What a record of a decision has of a call. */
export interface RecordedValues {
  /** The time that the policies saw. */
  readonly time: string;
  readonly schema: string;
  readonly input: RecordedInput;
}

/** What happened to one message: the line on the console, in the log file and on the page. Holds no token. */
export interface CallRecord {
  readonly number: number;
  /** Also in the header `x-amzn-requestid` of the answer, as the platform has it. */
  readonly requestId: string;
  /** Mode of the policy engine when the call came. */
  readonly mode: EnforcementMode;
  readonly time: string;
  method: string;
  /** Username, client id or subject. */
  who: string;
  principal?: Pick<Principal, 'type' | 'id'>;
  tool?: string;
  /** What the policies said, for calls of tools. */
  outcome?: Outcome;
  /** Whether the call went to its target. */
  allowed?: boolean;
  determining: readonly string[];
  reason?: string;
  flips: readonly DecisionFlip[];
  /** What stood in the way, in one line: the step, condition, claim or URL that failed. Holds no argument and no token. */
  why?: string;
  /** ACTIVE policies that erred. */
  erring?: readonly string[];
  /** What the policies can read of the call, for its decision record. */
  recorded?: RecordedValues;
  /** Why, in full; when someone asked for explanations, and whenever policies erred. */
  explanation?: string;
  /** Arguments as the policies saw them; shown on the page, never logged. */
  input?: JsonObject;
  status: number;
  /** JSON-RPC error code of the answer. */
  error?: number;
  /** The part that answered instead of the target. */
  refusedBy?: StageName;
  /** Milliseconds. */
  readonly durations: { [stage in StageName]?: number };
  total: number;
}
