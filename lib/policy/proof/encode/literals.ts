import { DECIMAL_PLACES } from '../../../contract/arguments/cedar-decimal';

const SECOND = 1_000n;
const MINUTE = 60n * SECOND;
const HOUR = 60n * MINUTE;
export const DAY = 24n * HOUR;

/** Milliseconds of the results of Cedar's methods that count a duration in a unit. */
export const UNITS: ReadonlyMap<string, bigint> = new Map([
  ['toMilliseconds', 1n],
  ['toSeconds', SECOND],
  ['toMinutes', MINUTE],
  ['toHours', HOUR],
  ['toDays', DAY],
]);

/** Units of 1/10,000 of a Cedar decimal; undefined for text that is none. */
export function decimalUnits(text: string): bigint | undefined {
  const [, sign = '', whole = '', fraction = ''] = /^(-?)(\d+)\.(\d{1,4})$/u.exec(text) ?? [];
  return whole === '' ? undefined : BigInt(`${sign}${whole}${fraction.padEnd(DECIMAL_PLACES, '0')}`);
}

/** Milliseconds since 1970 of a Cedar datetime; undefined for text that is none. Cedar writes offsets without a colon. */
export function datetimeMilliseconds(text: string): bigint | undefined {
  const time = Date.parse(text.replace(/([+-]\d{2})(\d{2})$/u, '$1:$2'));
  return Number.isNaN(time) || !/^\d{4}-\d{2}-\d{2}(?:T|$)/u.test(text) ? undefined : BigInt(time);
}

/** Milliseconds of a Cedar duration, such as `1d2h30m`; undefined for text that is none. */
export function durationMilliseconds(text: string): bigint | undefined {
  const parts = /^(-?)(?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?(?:(\d+)ms)?$/u.exec(text);
  if (parts === null || text === '' || text === '-') return undefined;
  const [, sign, ...counts] = parts;
  const units = [DAY, HOUR, MINUTE, SECOND, 1n];
  const total = units.reduce((sum, unit, index) => sum + BigInt(counts[index] ?? 0) * unit, 0n);
  return sign === '-' ? -total : total;
}
