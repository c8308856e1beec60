import type { Clock } from './edges';
import { TIMES, UNANSWERED_ATTEMPTS } from './limits';
import type { Pace } from './pace';

/** The tick's time is up. The next tick goes on from what it finds. */
export class OutOfTime extends Error {
  override readonly name = 'OutOfTime';
}

/** Why a call came to nothing. */
export type CallFailureKind =
  /** 409: the resource is busy, or its name is taken. */
  | 'conflict'
  /** 404. */
  | 'missing'
  /** 400 or 402: the same request will never do. */
  | 'refused'
  /** 403, for longer than IAM needs to propagate. */
  | 'denied'
  /** 500, a broken connection or a timeout, again and again. */
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

/** Sends calls until they are answered, at the pace that the service takes, as long as the tick has time. */
export class Calls {
  private deniedSince: number | undefined;

  /** @param deadline Point in time at which the tick must have ended. */
  constructor(
    readonly clock: Clock,
    readonly deadline: number,
  ) {}

  /** Throws {@link OutOfTime} when the tick must end. */
  assertTime(): void {
    if (this.clock.now() >= this.deadline) throw new OutOfTime();
  }

  /** Waits, but never beyond the deadline. */
  async sleep(milliseconds: number): Promise<void> {
    this.assertTime();
    await this.clock.sleep(Math.min(milliseconds, this.deadline - this.clock.now()));
    this.assertTime();
  }

  /** The answer to a call. Throws {@link CallFailure} or {@link OutOfTime}. */
  async send<T>(operation: string, pace: Pace | undefined, request: () => Promise<T>): Promise<T> {
    let unanswered = 0;
    for (let attempt = 1; ; attempt += 1) {
      this.assertTime();
      await pace?.turn();
      this.assertTime();
      try {
        const answer = await request();
        pace?.faster();
        this.deniedSince = undefined;
        return answer;
      } catch (error) {
        const kind = classify(error);
        const message = error instanceof Error ? error.message : String(error);
        if (kind === 'throttled') {
          pace?.slower();
        } else if (kind === 'unanswered') {
          unanswered += 1;
          if (unanswered >= UNANSWERED_ATTEMPTS) throw new CallFailure(kind, operation, message);
        } else if (kind === 'denied') {
          this.deniedSince ??= this.clock.now();
          if (this.clock.now() - this.deniedSince >= TIMES.denied) throw new CallFailure(kind, operation, message);
        } else if (kind === undefined) {
          throw error;
        } else {
          throw new CallFailure(kind, operation, message);
        }
        await this.sleep(backoff(attempt));
      }
    }
  }
}

/** Milliseconds before the next attempt, doubling from 200 ms to 10 s. Calls of a kind do not collide: their pace spreads them. */
function backoff(attempt: number): number {
  return Math.min(10_000, 200 * 2 ** (attempt - 1));
}

function classify(error: unknown): CallFailureKind | 'throttled' | undefined {
  if (typeof error !== 'object' || error === null) return undefined;
  const { name, code, $metadata } = error as {
    name?: string;
    code?: string;
    $metadata?: { httpStatusCode?: number };
  };
  const status = $metadata?.httpStatusCode;
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
