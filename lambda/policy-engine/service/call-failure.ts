/** The tick's time is up. The next tick goes on from what it finds. */
export class OutOfTime extends Error {
  override readonly name = 'OutOfTime';
}

/** Why a call came to nothing. */
export type CallFailureKind =
  /** 409: the resource is busy, its name is taken, or the engine takes no second write. */
  | 'conflict'
  /** 404. */
  | 'missing'
  /** 400: the same request will never do. */
  | 'refused'
  /** 402: the account or the engine is full. Waiting does not help, unlike with a rate. */
  | 'quota'
  /** 403, for longer than IAM needs to propagate. */
  | 'denied';

/** Failures that are over by themselves sooner or later: the call is sent again. */
export type PassingKind =
  /** 429. */
  | 'throttled'
  /** 500, a broken connection, or no answer at all. */
  | 'unanswered';

/** A call that came to nothing. The message is the service's own. */
export class CallFailure extends Error {
  override readonly name = 'CallFailure';
  constructor(
    readonly kind: CallFailureKind,
    readonly operation: string,
    message: string,
  ) {
    super(message);
  }
}

/** Whether an error is a {@link CallFailure} of one of the kinds. */
export function failedAs(error: unknown, ...kinds: readonly CallFailureKind[]): error is CallFailure {
  return error instanceof CallFailure && kinds.includes(error.kind);
}

/** A call that was given up because no answer came. */
export class Unanswered extends Error {
  override readonly name = 'TimeoutError';
}

/** What an error of the SDK or the network means; undefined for a fault of this code. */
export function classify(error: unknown): CallFailureKind | PassingKind | undefined {
  if (typeof error !== 'object' || error === null) return undefined;
  const { name, code, $metadata } = error as {
    name?: string;
    code?: string;
    $metadata?: { httpStatusCode?: number };
  };
  const status = $metadata?.httpStatusCode;
  if (status === 402 || name === 'ServiceQuotaExceededException') return 'quota';
  if (status === 429 || name === 'ThrottlingException') return 'throttled';
  if (status === 409) return 'conflict';
  if (status === 404) return 'missing';
  if (status === 403) return 'denied';
  if (status !== undefined && status >= 500) return 'unanswered';
  if (status !== undefined && status >= 400) return 'refused';
  if (name === 'TimeoutError' || name === 'AbortError') return 'unanswered';
  if (code !== undefined && /^E[A-Z_]+$/.test(code)) return 'unanswered';
  return undefined;
}
