import type { Clock } from '../edges';

/** Spreads calls evenly over time, and slows down for as long as the service throttles. */
export class Pace {
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

/** Runs a task per item, so many at a time. The first failure ends it when the running tasks have ended. */
export async function inParallel<T>(
  items: readonly T[],
  width: number,
  task: (item: T) => Promise<void>,
): Promise<void> {
  const queue = [...items].reverse();
  let failure: { readonly error: unknown } | undefined;
  const worker = async (): Promise<void> => {
    for (let item = queue.pop(); item !== undefined && failure === undefined; item = queue.pop()) {
      try {
        await task(item);
      } catch (error) {
        failure ??= { error };
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(width, items.length) }, worker));
  if (failure !== undefined) throw failure.error;
}
