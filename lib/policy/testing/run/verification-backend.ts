import type { Outcome } from '../../../contract/decision';
import type { JsonObject, JsonValue } from '../../../contract/json';
import type { ToolCall } from '../../decision/model';
import type { Persona, TrustedValues } from '../file/test-file';

/** What a case says beside persona, tool and arguments. A backend that cannot obey answers `not-applicable`. */
export interface CallOptions {
  /** The persona's trusted values and the case's own over them. */
  readonly trusted: TrustedValues;
  /** Whether the case itself fixes trusted values. Only a backend without a real interceptor can obey. */
  readonly fixesTrusted: boolean;
  /** Time of the call, when the file fixes it. Only a backend with its own clock can obey. */
  readonly now?: Date;
  /** Decide as if no interceptor had run. Only a backend without a real interceptor can obey. */
  readonly bypassesInterceptor: boolean;
}

/**
 * How a call ended. `failed` is everything that proves nothing about the policies: a 401 or 403 of inbound authorization, a 5xx,
 * a tool that fails, arguments that the tool refuses, a broken connection. It is never a denial.
 */
export type CallResult =
  | {
      readonly kind: 'allowed';
      /** Ids of the policies that decided, where the backend knows. */
      readonly determining?: readonly string[];
      /** LOG_ONLY policies that would change the decision, where the backend knows. */
      readonly flips?: readonly string[];
      /** The tool's answer: structured content, or the parsed text, or the text. Absent where no tool runs. */
      readonly answer?: JsonValue;
    }
  | {
      readonly kind: 'denied';
      readonly by: 'policy' | 'interceptor';
      readonly reason: string;
      readonly determining?: readonly string[];
      readonly flips?: readonly string[];
      /** Set where a denial and an erroring policy look the same: then ERROR counts as met. */
      readonly maybeError?: boolean;
      /** Set where the file gives trusted values to a caller whom the real interceptor knows none of: who denies is then not compared. */
      readonly lacksGivenValues?: boolean;
      /** Why, for a person: failed conditions of the candidate policies. Asked only when the case fails. */
      readonly why?: () => readonly string[];
    }
  | {
      readonly kind: 'error';
      /** A policy errored, or no request could be built from the arguments. The platform refuses such a call. */
      readonly reason: string;
      readonly determining?: readonly string[];
      readonly flips?: readonly string[];
      readonly why?: () => readonly string[];
    }
  | { readonly kind: 'failed'; readonly message: string; readonly status?: number }
  | { readonly kind: 'not-applicable'; readonly reason: string };

/** Something that policy tests can run against: the policies alone, the emulator, a deployed gateway. */
export interface VerificationBackend {
  /** Name for reports: `offline`, `emulator`, `deployed`. */
  readonly name: string;
  /** Calls a tool. `args` is undefined when the client is to send no `arguments` member. */
  call(persona: Persona, tool: string, args: JsonObject | undefined, options: CallOptions): Promise<CallResult>;
  /** Full names of the tools that `tools/list` shows. Rejects when the list cannot be had, which is never an empty list. */
  listTools(persona: Persona, now?: Date): Promise<readonly string[]>;
  /** The same with some policies alone. Absent where all policies decide, as on a gateway. */
  alone?(policies: readonly string[]): VerificationBackend;
}

/** A call that policies were asked to decide. */
export interface DecidedCall extends ToolCall {
  /** Ids of the only policies that were asked. @default - all */
  readonly alone?: readonly string[] | undefined;
}

/** A backend that also tells which calls the policies were asked to decide, for coverage. */
export interface ObservingBackend extends VerificationBackend {
  readonly decided: readonly DecidedCall[];
}

/** What a result counts as, or undefined where it proves nothing. */
export function outcomeOf(result: CallResult): Outcome | undefined {
  if (result.kind === 'allowed') return 'ALLOW';
  if (result.kind === 'denied') return 'DENY';
  return result.kind === 'error' ? 'ERROR' : undefined;
}
