import type { JsonValue } from '../../contract/json';

/** Milliseconds of the last time that a text can have four digits of a year for. */
const LAST = Date.UTC(9999, 11, 31);

/**
 * The time of a line that counts since 1970, as text; none for what is no such time.
 * @param perMillisecond how many of the line's units are a millisecond
 */
export function timeOf(count: JsonValue | undefined, perMillisecond = 1): { time?: string } {
  if (typeof count !== 'number' && typeof count !== 'string') return {};
  const milliseconds = Number(count) / perMillisecond;
  return milliseconds > 0 && milliseconds <= LAST ? { time: new Date(milliseconds).toISOString() } : {};
}
