const WEEKS = /^P(\d+)W$/;
const PARTS =
  /^P(?=\d|T\d)(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)D)?(?:T(?=\d)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:[.,](\d+))?S)?)?$/;

/** Largest part that the official generator holds. */
const MAX_PART = 2n ** 32n - 1n;

/** Milliseconds that a Cedar duration holds. */
const MAX_MILLISECONDS = 2n ** 63n - 1n;

const SECOND = 1_000n;
const MINUTE = 60n * SECOND;
const HOUR = 60n * MINUTE;
const DAY = 24n * HOUR;

/**
 * The text of a Cedar duration for a duration of ISO 8601, such as `P1DT12H` or `PT0.5S`. As the official generator has it, a year is 365
 * days, a month 30, and fractions of seconds are cut to milliseconds. Undefined for any other text, and beyond the range of Cedar.
 */
export function durationText(written: string): string | undefined {
  const weeks = WEEKS.exec(written)?.[1];
  if (weeks !== undefined) return text(number(weeks) * 7n * DAY, [weeks]);
  const found = PARTS.exec(written);
  if (found === null) return undefined;
  const [, years = '0', months = '0', days = '0', hours = '0', minutes = '0', seconds = '0', fraction = ''] = found;
  const whole =
    (number(years) * 365n + number(months) * 30n + number(days)) * DAY +
    number(hours) * HOUR +
    number(minutes) * MINUTE +
    number(seconds) * SECOND;
  const milliseconds = whole + BigInt(fraction.slice(0, 3).padEnd(3, '0'));
  return text(milliseconds, [years, months, days, hours, minutes, seconds]);
}

function text(milliseconds: bigint, parts: readonly string[]): string | undefined {
  const isTooLarge = milliseconds > MAX_MILLISECONDS || parts.some((part) => number(part) > MAX_PART);
  return isTooLarge ? undefined : `${milliseconds}ms`;
}

/** Of as many digits as matter: the longest part that can be in range has ten. */
function number(digits: string): bigint {
  const significant = digits.replace(/^0+(?=\d)/, '');
  return significant.length > 20 ? MAX_PART + 1n : BigInt(significant);
}
