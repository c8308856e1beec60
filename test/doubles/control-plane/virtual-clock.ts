interface Sleeper {
  readonly at: number;
  readonly wake: () => void;
}

/** Milliseconds of real time in which a module that is loaded late, as the SDK does at its first request, is there on a busy machine. */
const PATIENCE = 20_000;

/** Time that passes only while nothing else is to be done, so that hours of a deployment take milliseconds. */
export class VirtualClock {
  private time: number;
  private sleepers: Sleeper[] = [];
  private realWork = 0;

  /** @param start Milliseconds since the epoch. */
  constructor(start = Date.UTC(2026, 10, 1)) {
    this.time = start;
  }

  readonly now = (): number => this.time;

  readonly sleep = (milliseconds: number, signal?: AbortSignal): Promise<void> =>
    new Promise((wake) => {
      if (signal?.aborted) return wake();
      const sleeper = { at: this.time + Math.max(0, milliseconds), wake };
      const after = this.sleepers.findLastIndex(({ at }) => at <= sleeper.at);
      this.sleepers.splice(after + 1, 0, sleeper);
      signal?.addEventListener('abort', () => {
        const index = this.sleepers.indexOf(sleeper);
        if (index !== -1) this.sleepers.splice(index, 1);
        wake();
      });
    });

  /** Time stands still while real work, such as that of the SDK with a request, is under way. */
  beginWork(): void {
    this.realWork += 1;
  }

  endWork(): void {
    this.realWork -= 1;
  }

  /** Lets time pass until a promise is settled. */
  async run<T>(work: Promise<T>): Promise<T> {
    let settled = false;
    const watched = work.finally(() => {
      settled = true;
    });
    watched.catch(() => undefined);
    for (let idleSince: number | undefined; !settled; ) {
      await new Promise((resume) => setImmediate(resume));
      if (settled || this.realWork > 0) continue;
      const next = this.sleepers.shift();
      if (next !== undefined) {
        idleSince = undefined;
        this.time = Math.max(this.time, next.at);
        next.wake();
      } else {
        idleSince ??= performance.now();
        if (performance.now() - idleSince > PATIENCE) {
          throw new Error('nothing is left to wait for, and the work is not done');
        }
      }
    }
    return watched;
  }

  /** Lets time pass with nobody at work. */
  async pass(milliseconds: number): Promise<void> {
    await this.run(this.sleep(milliseconds));
  }
}
