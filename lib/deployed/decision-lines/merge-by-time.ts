/** One event of a log group. */
export interface LogEvent {
  /** Milliseconds since 1970. */
  readonly timestamp: number;
  readonly message: string;
}

/**
 * Tells the events of several streams, each in the order of time, in the order of time. Holds one event of each stream, so that memory stays flat.
 */
export async function mergeByTime(
  streams: readonly AsyncIterator<LogEvent>[],
  tell: (event: LogEvent) => void,
  signal: AbortSignal,
): Promise<void> {
  const heads: { stream: AsyncIterator<LogEvent>; event: LogEvent }[] = [];
  const advance = async (stream: AsyncIterator<LogEvent>): Promise<void> => {
    const { done, value } = await stream.next();
    if (!done) heads.push({ stream, event: value });
  };
  await Promise.all(streams.map(advance));
  while (heads.length > 0 && !signal.aborted) {
    heads.sort((a, b) => a.event.timestamp - b.event.timestamp);
    const first = heads.shift();
    if (first === undefined) return;
    tell(first.event);
    await advance(first.stream);
  }
}
