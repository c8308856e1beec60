/** Units of 1/10,000 as the text of a decimal. */
export function decimalOfUnits(units: bigint): string {
  const digits = String(units < 0n ? -units : units).padStart(5, '0');
  return `${units < 0n ? '-' : ''}${digits.slice(0, -4)}.${digits.slice(-4)}`;
}

/** Largest part of a duration that can be sent, see `lib/contract/arguments/duration.ts`. */
const MAX_PART = 2n ** 32n - 1n;
const SECONDS_OF_DAY = 86_400n;
const DAYS_OF_YEAR = 365n;

/** Milliseconds, none below zero, as an ISO 8601 duration: in seconds, and with days and years where there are too many. */
export function durationOfMilliseconds(milliseconds: bigint): string {
  const seconds = milliseconds / 1_000n;
  const rest = milliseconds % 1_000n;
  const fraction = rest === 0n ? '' : `.${String(rest).padStart(3, '0')}`;
  if (seconds <= MAX_PART) return `PT${seconds}${fraction}S`;
  const days = seconds / SECONDS_OF_DAY;
  const years = days > MAX_PART ? `${days / DAYS_OF_YEAR}Y` : '';
  return `P${years}${years === '' ? days : days % DAYS_OF_YEAR}DT${seconds % SECONDS_OF_DAY}${fraction}S`;
}
