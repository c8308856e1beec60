/** Times in milliseconds. None of them is documented; each is longer than anything that was reported. */
export const TIMES = {
  /** A read may be this much older than a write that was accepted. */
  consistency: 20_000,
  /** How long a tick must have looked before it believes that all is done: a tick before it may have died right after a write. */
  lookBack: 10_000,
  /** A policy or engine that is CREATING for longer is stuck: the API model's waiter gives up after 120 s. */
  stuckCreating: 180_000,
  /** Likewise for UPDATING and DELETING, for which nothing but waiting can be done. */
  stuckChanging: 300_000,
  /** How long a name may be refused as taken while nothing of that name is to be seen. */
  nameConflict: 60_000,
  /** How long a denial may be due to IAM, which propagates a new policy within seconds. */
  denied: 60_000,
  /** Between two looks at policies that are being changed. */
  poll: 700,
  /** Between two looks at an engine. */
  enginePoll: 2_000,
  /**
   * How long a change may take. The waiter counts ticks, however long they are; CloudFormation gives up after an hour, and would begin the
   * rollback beside a change that is still going on. A tick that begins just before this ends before that.
   */
  change: 50 * 60_000,
  /** Left over at the end of a tick, so that the function ends before Lambda ends it. */
  margin: 15_000,
} as const;

/** Attempts at a call that the service or the network did not answer. */
export const UNANSWERED_ATTEMPTS = 8;

/** Calls in flight at the same time. */
export const CONCURRENCY = 10;

/** Writes per second that the service takes, by kind. Source: developer guide, page bedrock-agentcore-limits. */
export const ENGINE_WRITES_PER_SECOND = 1;
