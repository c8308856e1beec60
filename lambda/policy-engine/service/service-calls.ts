import type { Clock } from '../dependencies';
import type { Failure } from '../policies/policy';
import { TIMES } from '../timing';
import { CallFailure, classify, OutOfTime, type PassingKind, Unanswered } from './call-failure';
import type { RateLimiter } from './rate-limiter';

/** A hindrance: why an operation has not succeeded since it last did. */
export interface Hindrance {
  readonly kind: PassingKind | 'denied';
  /** The service's own. */
  readonly message: string;
  /** In a row. */
  readonly attempts: number;
  /** When it began, in milliseconds since the epoch. */
  readonly since: number;
}

export interface SendOptions {
  /** How fast the service takes calls of this kind. @default as fast as they come */
  readonly rateLimiter?: RateLimiter;
  /** Whether a denial may be over by itself. @default true */
  readonly rightsMayBeNew?: boolean;
}

/** Sends calls until they are answered, at the pace that the service takes, as long as the tick has time. */
export class ServiceCalls {
  /** Failures that are still open, as far as this tick knows. They are told when the time of the whole change is over. */
  open: readonly Failure[] = [];
  /** By operation, those that succeeded since left out. */
  readonly hindrances = new Map<string, Hindrance>();

  /**
   * @param deadline Point in time at which the tick must have ended.
   * @param changeStarted Point in time at which the change began, many ticks ago perhaps.
   */
  constructor(
    readonly clock: Clock,
    readonly deadline: number,
    readonly changeStarted: number,
  ) {}

  /** Point in time after which no further tick begins. */
  get changeEnds(): number {
    return this.changeStarted + TIMES.change;
  }

  /** Whether rights that came with this change may not have reached the service yet. */
  get rightsMayBeNew(): boolean {
    return this.clock.now() - this.changeStarted < TIMES.rights;
  }

  /** Waits. Throws {@link OutOfTime} instead, as soon as the deadline is there or would come first. */
  async sleep(milliseconds: number): Promise<void> {
    const left = this.deadline - this.clock.now();
    if (left <= 0) throw new OutOfTime();
    if (milliseconds <= 0) return;
    await this.clock.sleep(Math.min(milliseconds, left));
    if (this.clock.now() >= this.deadline) throw new OutOfTime();
  }

  /** The answer to a call. Throws {@link CallFailure} or {@link OutOfTime}. */
  async send<T>(
    operation: string,
    request: (signal: AbortSignal) => Promise<T>,
    { rateLimiter, rightsMayBeNew = true }: SendOptions = {},
  ): Promise<T> {
    for (let attempt = 1; ; attempt += 1) {
      await this.sleep(rateLimiter?.turn() ?? 0);
      try {
        const answer = await this.answered(request);
        rateLimiter?.faster();
        this.hindrances.delete(operation);
        return answer;
      } catch (error) {
        const kind = classify(error);
        if (kind === undefined) throw error;
        const message = error instanceof Error ? error.message : String(error);
        if (kind === 'throttled') rateLimiter?.slower();
        if (kind !== 'throttled' && kind !== 'unanswered' && kind !== 'denied') {
          this.hindrances.delete(operation);
          throw new CallFailure(kind, operation, message);
        }
        const { since } = this.note(operation, kind, message);
        const isNew = this.rightsMayBeNew || this.clock.now() - since < TIMES.denied;
        if (kind === 'denied' && !(rightsMayBeNew && isNew)) throw new CallFailure(kind, operation, message);
        await this.sleep(backoff(attempt));
      }
    }
  }

  /** The answer, or {@link Unanswered} after a while: the SDK by itself waits as long as the connection holds. */
  private async answered<T>(request: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const abort = new AbortController();
    const limit = Math.min(TIMES.call, this.deadline - this.clock.now());
    const silence = this.clock.sleep(limit, abort.signal).then((): never => {
      // A call that the end of the tick cuts off says nothing about the service.
      throw limit < TIMES.call ? new OutOfTime() : new Unanswered(`no answer within ${limit / 1000} s`);
    });
    // Both are raced in any case, so that neither fails unheard.
    const answer = (async () => request(abort.signal))();
    try {
      return await Promise.race([answer, silence]);
    } finally {
      // With a reason, or the platform makes an exception for each call, with its stack.
      abort.abort('answered');
    }
  }

  private note(operation: string, kind: Hindrance['kind'], message: string): Hindrance {
    const before = this.hindrances.get(operation);
    const same = before?.kind === kind ? before : undefined;
    const attempts = (same?.attempts ?? 0) + 1;
    const hindrance = { kind, message, attempts, since: same?.since ?? this.clock.now() };
    this.hindrances.set(operation, hindrance);
    return hindrance;
  }
}

/** Milliseconds before the next attempt, doubling from 200 ms to 10 s. Calls of a kind do not collide: their pace spreads them. */
function backoff(attempt: number): number {
  return Math.min(10_000, 200 * 2 ** (attempt - 1));
}
