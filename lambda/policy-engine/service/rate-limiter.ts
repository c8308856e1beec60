import type { Clock } from '../dependencies';

/** Spreads calls evenly over time, and slows down for as long as the service throttles. */
export class RateLimiter {
  private perSecond: number;
  private next = 0;

  /** @param limit Calls per second that are never exceeded. */
  constructor(
    private readonly clock: Clock,
    private readonly limit: number,
  ) {
    this.perSecond = limit;
  }

  /** Milliseconds until this call's turn, which the caller waits: it knows how much time there is. */
  turn(): number {
    const now = this.clock.now();
    const at = Math.max(now, this.next);
    this.next = at + 1000 / this.perSecond;
    return at - now;
  }

  /** The service throttled: half the rate. Others may share the account's limit. */
  slower(): void {
    this.perSecond = Math.max(this.limit / 16, this.perSecond / 2);
    this.next = Math.max(this.next, this.clock.now() + 1000 / this.perSecond);
  }

  /** The service took a call: a little faster again. */
  faster(): void {
    this.perSecond = Math.min(this.limit, this.perSecond + this.limit / 40);
  }
}
