/** Why an invocation gave no result, in Lambda's terms. */
export type FailureKind = 'missing' | 'init' | 'crash' | 'timeout' | 'error' | 'too-large' | 'not-json' | 'closed';

/** An invocation without result. The message may hold internals of the function: it is for the developer, not for clients. */
export class FunctionFailure extends Error {
  constructor(
    readonly kind: FailureKind,
    message: string,
  ) {
    super(message);
    this.name = 'FunctionFailure';
  }
}
