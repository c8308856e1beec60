/**
 * Milliseconds since some moment in the past, to measure what something takes. Not by `performance`, which Node.js loads when it is first read:
 * a tenth of a first call.
 */
export function milliseconds(): number {
  const [seconds, nanoseconds] = process.hrtime();
  return seconds * 1_000 + nanoseconds / 1e6;
}
