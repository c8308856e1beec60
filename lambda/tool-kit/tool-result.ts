/** Why a call got no result, in the one shape of every failure. */
export interface ToolFailure {
  readonly error: {
    /** A {@link ToolFailureCode}, or the code of a ToolError. */
    readonly code: string;
    readonly message: string;
    /** The gateway's id of the request, to look for in the log. */
    readonly requestId: string;
    /** Flaws of the arguments, for `INVALID_ARGUMENTS`. */
    readonly issues?: readonly ArgumentIssue[];
  };
}

export interface ArgumentIssue {
  /** Place of the argument, for example `address.zip` or `tags[0]`; empty for all arguments together. */
  readonly path: string;
  readonly message: string;
}

/** Messages of the failures that the kit itself reports. */
const FAILURE_MESSAGES = {
  UNKNOWN_TOOL: 'There is no such tool.',
  INVALID_ARGUMENTS: 'The arguments do not match the schema of the tool.',
  DENIED: 'The call is denied.',
  RESULT_TOO_LARGE: 'The result is too large. Ask for less.',
  FAILED: 'The tool could not complete the call.',
} as const;

export type ToolFailureCode = keyof typeof FAILURE_MESSAGES;

/** A failure that the kit itself reports. */
export function failure(code: ToolFailureCode, requestId: string, issues?: readonly ArgumentIssue[]): ToolFailure {
  return { error: { code, message: FAILURE_MESSAGES[code], requestId, ...(issues && { issues }) } };
}
