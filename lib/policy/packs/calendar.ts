import type { PackGateway } from './pack-gateway';
import { DAY, type Interval, isTimeZone, joined, localDay, type OffsetPeriod, offsetPeriods } from './zone';

/** A day of the week. */
export enum Weekday {
  MONDAY = 'MONDAY',
  TUESDAY = 'TUESDAY',
  WEDNESDAY = 'WEDNESDAY',
  THURSDAY = 'THURSDAY',
  FRIDAY = 'FRIDAY',
  SATURDAY = 'SATURDAY',
  SUNDAY = 'SUNDAY',
}

/** As `Date.getUTCDay` counts. */
const WEEK = [
  Weekday.SUNDAY,
  Weekday.MONDAY,
  Weekday.TUESDAY,
  Weekday.WEDNESDAY,
  Weekday.THURSDAY,
  Weekday.FRIDAY,
  Weekday.SATURDAY,
];

/** Years that one pack may write down. */
const YEARS_MAX = 5;

/** What a calendar is made of, as its author wrote it. */
export interface CalendarOptions {
  readonly timeZone: string;
  readonly from: string;
  readonly to: string;
  readonly years: readonly number[];
  readonly weekdays?: readonly Weekday[];
  readonly holidays?: readonly string[];
}

/** Office hours of some years of a time zone. */
export interface Calendar {
  /** Minutes after local midnight. */
  readonly from: number;
  readonly to: number;
  readonly firstYear: number;
  readonly lastYear: number;
  readonly periods: readonly OffsetPeriod[];
  /** Midnights of the days without office hours, as if they were UTC. */
  readonly closed: ReadonlySet<number>;
  /** Those of them that are holidays. */
  readonly holidays: ReadonlySet<number>;
}

/** Reads a calendar. Undefined where something is wrong, which was told to the gateway. */
export function readCalendar(gateway: PackGateway, options: CalendarOptions): Calendar | undefined {
  const { timeZone, weekdays = WEEK.slice(1, 6), holidays = [] } = options;
  const before = gateway.problems.length;
  const [from, to] = [minutesOf(options.from), minutesOf(options.to)];
  if (from === undefined) gateway.reject('from', options.from, 'a time of day such as `08:00`');
  if (to === undefined || to <= (from ?? -1)) {
    gateway.reject('to', options.to, 'a later time of the same day, at most `24:00`');
  }
  if (!isTimeZone(timeZone)) {
    gateway.reject('timeZone', timeZone, 'a time zone such as `Europe/Berlin`', Intl.supportedValuesOf('timeZone'));
  }
  const years = readYears(options.years);
  if (years === undefined) {
    gateway.reject('years', `[${options.years.join(', ')}]`, `the first and the last of at most ${YEARS_MAX} years`);
    return undefined;
  }
  const [firstYear, lastYear] = years;
  const days = holidays.map((holiday) => ({ holiday, midnight: midnightOf(holiday, firstYear, lastYear) }));
  for (const { holiday, midnight } of days) {
    if (midnight !== undefined) continue;
    gateway.reject('holidays', holiday, `a day from \`${firstYear}-01-01\` to \`${lastYear}-12-31\``);
  }
  if (gateway.problems.length > before || from === undefined || to === undefined) return undefined;
  const known = new Set(days.flatMap(({ midnight }) => midnight ?? []));
  const isClosed = (midnight: number): boolean =>
    known.has(midnight) || !weekdays.some((weekday) => weekday === WEEK[new Date(midnight).getUTCDay()]);
  const closed = new Set(midnights(firstYear, lastYear).filter(isClosed));
  return {
    from,
    to,
    firstYear,
    lastYear,
    closed,
    holidays: known,
    periods: offsetPeriods(timeZone, firstYear, lastYear),
  };
}

/** When it is a day without office hours, in UTC. */
export function closedIntervals({ closed, periods }: Calendar): Interval[] {
  return joined([...closed].flatMap((midnight) => localDay(periods, midnight)));
}

/** A time without milliseconds, as AWS writes times in policies. */
export function isoTime(at: number): string {
  return new Date(at).toISOString().replace('.000Z', 'Z');
}

function readYears(years: readonly number[]): [number, number] | undefined {
  const [first, last] = [Math.min(...years), Math.max(...years)];
  const areYears = years.length > 0 && years.every((year) => Number.isInteger(year) && year >= 2000 && year <= 2200);
  return areYears && last - first < YEARS_MAX ? [first, last] : undefined;
}

function midnights(firstYear: number, lastYear: number): number[] {
  const [first, end] = [Date.UTC(firstYear, 0, 1), Date.UTC(lastYear + 1, 0, 1)];
  return Array.from({ length: (end - first) / DAY }, (_, index) => first + index * DAY);
}

/** Minutes after midnight. */
function minutesOf(text: string): number | undefined {
  const [, hours, minutes] = /^([01][0-9]|2[0-4]):([0-5][0-9])$/.exec(text) ?? [];
  const value = Number(hours) * 60 + Number(minutes);
  return hours === undefined || value > 1440 ? undefined : value;
}

/** Midnight of a day, as if it were UTC; undefined for a text that is no day of the years. */
function midnightOf(day: string, firstYear: number, lastYear: number): number | undefined {
  const time = /^[0-9]{4}-[0-9]{2}-[0-9]{2}$/.test(day) ? Date.parse(day) : Number.NaN;
  if (Number.isNaN(time) || !isoTime(time).startsWith(day)) return undefined;
  const year = new Date(time).getUTCFullYear();
  return year >= firstYear && year <= lastYear ? time : undefined;
}
