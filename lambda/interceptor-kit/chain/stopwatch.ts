/**
 * Milliseconds since some moment in the past, to measure what something takes. Not by `performance`, which Node.js loads when it is first read:
 * a tenth of a first call.
 */
export function milliseconds(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}
