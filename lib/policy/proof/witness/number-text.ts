/** Units of 1/10,000 as the text of a decimal. */
export function decimalText(units: bigint): string {
  const digits = String(units < 0n ? -units : units).padStart(5, '0');
  return `${units < 0n ? '-' : ''}${digits.slice(0, -4)}.${digits.slice(-4)}`;
}

/** Milliseconds as an ISO 8601 duration. */
export function durationText(milliseconds: bigint): string {
  const size = milliseconds < 0n ? -milliseconds : milliseconds;
  const fraction = size % 1_000n === 0n ? '' : `.${String(size % 1_000n).padStart(3, '0')}`;
  return `${milliseconds < 0n ? '-' : ''}PT${size / 1_000n}${fraction}S`;
}
