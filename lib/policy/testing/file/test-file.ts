import type { Outcome } from '../../../contract/decision';
import type { JsonObject } from '../../../contract/json';
import type { SpoofResponse } from '../../../contract/trusted-context';
import type { TrustedValue } from '../../../contract/trusted-value';
import type { Location } from '../../../diagnostics/diagnostic';
import type { ResultExpectation } from './test-file-schema';

/** Values of trusted fields by name. */
export interface TrustedValues {
  readonly [field: string]: TrustedValue;
}

/** A caller, as every backend can present it: by claims offline, by a real sign-in elsewhere. */
export interface Persona {
  readonly name: string;
  /** User of the identity provider. */
  readonly username?: string;
  readonly groups: readonly string[];
  readonly attributes: { readonly [name: string]: string };
  /** Machine client without a user. */
  readonly client?: string;
  readonly scopes?: readonly string[];
  /** Claims over the derived ones; null takes one away. */
  readonly claims: JsonObject;
  /** ARN of an IAM caller. */
  readonly iam?: string;
  readonly anonymous: boolean;
  /** What the REQUEST interceptor fills in for this caller. */
  readonly trusted: TrustedValues;
  /** Where a test file declares it. */
  readonly location?: Location;
}

/** What a call must end in. */
export interface Expectation {
  readonly decision: Outcome;
  /** Exactly these policies decide. */
  readonly determining?: readonly string[];
  /** Who denies; without it a denial by the interceptor counts only if {@link reason} is its reason. */
  readonly by?: 'policy' | 'interceptor';
  /** Text within the reason. */
  readonly reason?: string;
  /** LOG_ONLY policies that would change the decision. */
  readonly flips?: readonly string[];
  readonly result?: ResultExpectation;
}

interface Case {
  readonly name: string;
  readonly persona: Persona;
  /** Ids of the only policies that decide. @default - all */
  readonly alone?: readonly string[];
  /** Only when the file or the case fixes it. */
  readonly now?: Date;
  readonly location: Location;
}

/** One `tools/call` by one persona. */
export interface CallCase extends Case {
  readonly kind: 'call';
  /** Full name, `target___tool`. */
  readonly tool: string;
  /** Undefined: the client sends no `arguments` at all. */
  readonly arguments?: JsonObject;
  /** The persona's trusted values with the case's own over them. */
  readonly trusted: TrustedValues;
  /** Whether the case itself fixes trusted values, which no live backend can obey. */
  readonly fixesTrusted: boolean;
  readonly bypassesInterceptor: boolean;
  readonly expect: Expectation;
}

/** One `tools/list` by one persona. */
export interface ListCase extends Case {
  readonly kind: 'list';
  /** The whole list, in any order. */
  readonly exactly?: readonly string[];
  readonly includes: readonly string[];
  readonly excludes: readonly string[];
}

export type TestCase = CallCase | ListCase;

/** A mutant that decides some calls otherwise, and why no test has to notice. */
export interface AcceptedSurvivor {
  readonly mutant: string;
  readonly reason: string;
  readonly location: Location;
}

/** A `*.test.yaml` file, with every reference to a persona resolved. */
export interface TestFile {
  /** Path as the user wrote it. */
  readonly file: string;
  /** Construct path of the gateway, or of a stack or stage above it. */
  readonly gateway?: string;
  readonly onSpoof?: SpoofResponse;
  readonly personas: readonly Persona[];
  /** One case per persona and test. */
  readonly cases: readonly TestCase[];
  readonly survivors: readonly AcceptedSurvivor[];
}
