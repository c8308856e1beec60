const BRAND = Symbol.for('governed-gateway.ToolError');

/**
 * A failure that the agent may know about. It receives code and message unchanged; any other error is answered with a generic text.
 *
 * @example
 * throw new ToolError('CLAIM_NOT_FOUND', 'there is no claim with this id');
 */
export class ToolError extends Error {
  /** Whether an error is a ToolError, whichever copy of this library made it. */
  static is(error: unknown): error is ToolError {
    return typeof error === 'object' && error !== null && (error as { [BRAND]?: true })[BRAND] === true;
  }

  readonly [BRAND] = true;

  constructor(
    /** Stable code in capitals, for example `CLAIM_NOT_FOUND`. */
    readonly code: string,
    message: string,
  ) {
    super(message);
    this.name = 'ToolError';
  }
}
