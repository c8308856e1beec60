import type { EnforcementMode } from '../decision';
import type { DecisionReads } from '../decision-record/reads';
import type { JsonObject } from '../json';

/** The recorded parts of one tool's calls. */
export interface RecordedTool {
  readonly reads: DecisionReads;
  /** Type of the arguments, see `cedarTypeJson`. */
  readonly input: JsonObject;
  /** Tells whether a later schema of the tool is another one. */
  readonly schema: string;
}

/** Writes one line per point and call of a tool, of what its policies can read and how it ended. */
export interface DecisionRecordConfig {
  /** By full name. */
  readonly tools: { readonly [tool: string]: RecordedTool };
  readonly mode: EnforcementMode;
  /** Claims by name and arguments by JSON pointer, whose values are replaced by pseudonyms. */
  readonly pseudonymize: readonly string[];
  /** Share of the calls, above 0 and at most 1. */
  readonly sample: number;
  /** Name of the environment variable that holds the ARN of the secret from which pseudonyms are made. */
  readonly keyVariable: string;
  /** Name of the environment variable that holds the delivery stream's name. @default - lines go to the function's log */
  readonly streamVariable?: string;
}
