const DATE = /^(\d{4})-(\d{2})-(\d{2})$/;
const DATE_TIME =
  /^(\d{4}-\d{2}-\d{2})([Tt ])(\d{2}):(\d{2}):(\d{2})(?:\.(\d+))?([Zz]|[+-](?:[01]\d|2[0-3]):?[0-5]\d)?$/;

/** Offsets of RFC 3339, which alone allows another sign than `T` between date and time. */
const RFC_3339_OFFSET = /^(?:[Zz]|[+-]\d{2}:\d{2})$/;

/** Digits of a second's fraction that Cedar holds. */
const MILLISECONDS = 3;

/**
 * The text of a Cedar datetime for a date or a date with time: RFC 3339 in every form (offsets, letters of either case, a blank for the
 * `T`), and those of ISO 8601 that the official generator takes too (offsets without colon; no offset means UTC). Fractions are cut to
 * milliseconds. Undefined for any other text, and for a leap second, which Cedar does not have.
 */
export function datetimeText(written: string): string | undefined {
  if (DATE.test(written)) return isDate(written) ? written : undefined;
  const [, date = '', sign, hours, minutes, seconds, fraction = '', offset] = DATE_TIME.exec(written) ?? [];
  if (sign !== 'T' && !RFC_3339_OFFSET.test(offset ?? '')) return undefined;
  if (!isDate(date) || Number(hours) > 23 || Number(minutes) > 59 || Number(seconds) > 59) return undefined;
  const milliseconds = fraction.slice(0, MILLISECONDS).padEnd(MILLISECONDS, '0');
  const zone = offset === undefined || offset === 'z' ? 'Z' : offset.replace(':', '');
  return `${date}T${hours}:${minutes}:${seconds}.${milliseconds}${zone}`;
}

function isDate(text: string): boolean {
  const [, year, month, day] = DATE.exec(text) ?? [];
  const date = new Date(0);
  date.setUTCFullYear(Number(year), Number(month) - 1, Number(day));
  return date.getUTCMonth() === Number(month) - 1 && date.getUTCDate() === Number(day);
}
