/** Times in milliseconds. None of them is documented; each is longer than anything that was reported. */
export const TIMES = {
  /** A read may be this much older than a write that was accepted. */
  consistency: 20_000,
  /** How long a tick must have looked before it believes that all is done: a tick before it may have died right after a write. */
  lookBack: 10_000,
  /** A policy that is CREATING for longer is removed and created again: the API model's waiter gives up after 120 s. */
  stuckCreating: 180_000,
  /** A policy that is UPDATING or DELETING for longer is sent the same change again, in case that the service takes it now. */
  stuckChanging: 300_000,
  /** Between two attempts at a policy that is busy without showing why, at first. */
  busyPause: 5_000,
  /** How long, and how often, see {@link CONFLICT_ATTEMPTS}, a name must have been refused as taken while nothing of that name is to be seen. */
  nameConflict: 60_000,
  /** How long policies must have been left in an engine that is to go, with none of them on its way out. */
  leftOver: 60_000,
  /**
   * How long after the beginning of a change a denial may be due to IAM: rights took up to 270 s to reach the service, and came and went
   * meanwhile. Seen with a grant to invoke a function, August 2026.
   */
  rights: 360_000,
  /** How long a denial must have lasted without a break, however old the change is. */
  denied: 60_000,
  /** How long a call may take: one that was not answered by then is sent again. */
  call: 10_000,
  /** Between two looks at policies that are being changed, at first. */
  poll: 700,
  /** Between two looks at an engine. */
  enginePoll: 2_000,
  /**
   * How long a change may take. The waiter counts ticks, however long they are; CloudFormation gives up after an hour, and would begin the
   * rollback beside a change that is still going on. The tick in which this time is over is the last one, and ends before that hour.
   */
  change: 50 * 60_000,
  /** Left over at the end of a tick, so that the function ends before Lambda ends it. */
  margin: 15_000,
} as const;

/** Attempts after which a conflict is believed to be about the name. One conflict may be about anything. */
export const CONFLICT_ATTEMPTS = 5;

/** Attempts at a removal or a change that the service accepts, and then does not carry out. */
export const ACCEPTED_ATTEMPTS = 3;

/** Calls in flight at the same time. */
export const CONCURRENCY = 10;

/** Writes per second that the service takes, by kind. Source: developer guide, page bedrock-agentcore-limits. */
export const ENGINE_WRITES_PER_SECOND = 1;

/** Milliseconds until the next look at policies that have been waited for so long. What takes minutes needs no look every second. */
export function pollAfter(waited: number): number {
  return Math.min(5_000, Math.max(TIMES.poll, waited / 10));
}

/** Milliseconds until the next attempt at a policy that has been busy for so long. */
export function busyPause(busy: number): number {
  return Math.min(30_000, Math.max(TIMES.busyPause, busy / 10));
}
