import { Atom, atom, type PolicyCondition } from '../../statements/expression';
import { datetimeLiteral, durationLiteral } from '../../statements/now';
import { type Calendar, closedIntervals, isoTime, readCalendar, type Weekday } from '../calendar';
import { ANYBODY, anyOf, butFor, exemptOf, member } from '../callers';
import type { PackCase, PackDefinition, PackOptions, PackStatement } from '../pack';
import type { PackScope } from '../pack-gateway';
import { DAY, type Interval, localDay, MINUTE, type OffsetPeriod } from '../zone';

/** When tools may be called. */
export interface OfficeHoursOptions extends PackOptions {
  /** Tools as `target___tool`, targets, or classes such as `class:write`. */
  readonly tools: string[];
  /** Time zone by its IANA name, such as `Europe/Berlin`. Daylight saving time follows it. */
  readonly timeZone: string;
  /** First minute of the day, for example `08:00`. */
  readonly from: string;
  /** Minute at which the day ends, for example `18:00`; `24:00` is midnight. */
  readonly to: string;
  /** First and last year for which the times are written down, at most five, for example `[2027, 2028]`. Afterwards nobody may call the tools. */
  readonly years: number[];
  /**
   * Days on which there are office hours.
   *
   * @default - Monday to Friday
   */
  readonly weekdays?: Weekday[];
  /**
   * Days without office hours, for example `2027-12-24`.
   *
   * @default - none
   */
  readonly holidays?: string[];
  /**
   * Groups that may call at any time.
   *
   * @default - none
   */
  readonly exceptGroups?: string[];
  /**
   * Days before the last year ends from which a warning says so.
   *
   * @default 60
   */
  readonly noticeDays?: number;
}

/** Intervals in one policy: half a year of weekends, which leaves room for names of tools below the service's limit. */
const INTERVALS_MAX = 30;

export function officeHours(options: OfficeHoursOptions): PackDefinition {
  const { id = 'office-hours', from, to, timeZone, tools, noticeDays = 60, exceptGroups = [] } = options;
  const what = `${from} to ${to} in ${timeZone}${butFor(exceptGroups)}`;
  return {
    kind: 'officeHours',
    id,
    render(gateway) {
      const on = gateway.scope(tools);
      const calendar = readCalendar(gateway, options);
      const claim = gateway.groupsClaim(options.groupsClaim);
      const exempt = exemptOf(claim, exceptGroups);
      const description = `Calls from ${what} only`;
      if (calendar === undefined) return { description, statements: [], cases: [] };
      const { firstYear, lastYear, periods } = calendar;
      const hours: PackStatement = {
        effect: 'forbid',
        on,
        unless: anyOf([...periods.map((period) => openHours(calendar, period)), ...exempt]),
        description,
        comment: `Office hours in UTC, one line for each time that clocks change in ${timeZone}, from ${firstYear} to ${lastYear}. At any other time nobody may call: new years have to be written down.`,
        invariant: `nobody calls ${tools.join(', ')} outside of ${what}`,
      };
      const [tool] = gateway.toolsOf(on);
      const end = Math.max(...periods.map((period) => period.end));
      const isExempt = exceptGroups.map((group) => member(claim, group));
      return {
        description,
        statements: [hours, ...closedDays(calendar, on, exempt[0])],
        cases: tool === undefined ? [] : tried(calendar, isExempt).map((one) => ({ caller: ANYBODY, ...one, tool })),
        ends: { at: isoTime(end), noticeDays, effect: `nobody may call ${tools.join(', ')}` },
      };
    },
  };
}

/** Office hours of a period, in UTC. They go over midnight where clocks are far from it. */
function openHours({ from, to }: Calendar, { start, end, offset }: OffsetPeriod): PolicyCondition {
  const all = 24 * 60;
  const inUtc = (minutes: number): number => (((minutes - offset) % all) + all) % all;
  const [opens, closes] = [inUtc(from), inUtc(to)];
  const after = `context.system.now.toTime() >= ${durationLiteral(opens)}`;
  const before = `context.system.now.toTime() < ${durationLiteral(closes)}`;
  const overMidnight = closes === 0 ? after : `(${after} || ${before})`;
  const daily = opens < closes ? `${after} && ${before}` : overMidnight;
  return new Atom(() =>
    atom(to - from === all ? `(${during({ start, end })})` : `(${during({ start, end })} && ${daily})`),
  );
}

/** Days without office hours, some months in each policy. */
function closedDays(calendar: Calendar, on: PackScope, unless: PolicyCondition | undefined): PackStatement[] {
  const intervals = closedIntervals(calendar);
  const parts: Interval[][] = [];
  for (let at = 0; at < intervals.length; at += INTERVALS_MAX) parts.push(intervals.slice(at, at + INTERVALS_MAX));
  return parts.map((part, index) => {
    const span = [part[0]?.start ?? 0, part.at(-1)?.end ?? 0].map((at) => isoTime(at).slice(0, 10)).join(' to ');
    return {
      name: `closed-${index + 1}`,
      effect: 'forbid',
      on,
      when: anyOf(part.map((interval) => new Atom(() => atom(`(${during(interval)})`)))),
      unless,
      description: `No calls on days without office hours, ${span}`,
      comment: 'Weekends and holidays, each from local midnight to local midnight.',
      invariant: `nobody calls on a day without office hours, ${span}`,
    };
  });
}

type Try = Pick<PackCase, 'name' | 'now' | 'expect'> & Partial<Pick<PackCase, 'caller'>>;

/** Times at which office hours begin and end whenever clocks change, days without any, and years that are not written down. */
function tried(calendar: Calendar, exempt: readonly PackCase['caller'][]): Try[] {
  const { from, to, periods, closed, holidays, firstYear, lastYear } = calendar;
  const at = (name: string, now: number, expect: PackCase['expect']): Try => ({ name, now: isoTime(now), expect });
  const open = periods.flatMap((period) => {
    const local = (midnight: number, minutes: number): number => midnight + (minutes - period.offset) * MINUTE;
    const first = Math.ceil((period.start + period.offset * MINUTE) / DAY) * DAY;
    const day = [...Array(14).keys()]
      .map((index) => first + index * DAY)
      .find((midnight) => !closed.has(midnight) && local(midnight, 1440) <= period.end);
    if (day === undefined) return [];
    const shown = isoTime(day).slice(0, 10);
    return [
      at(`${shown}, when office hours begin`, local(day, from), 'ALLOW'),
      at(`${shown}, a minute before they end`, local(day, to - 1), 'ALLOW'),
      ...(from > 0 ? [at(`${shown}, a minute before they begin`, local(day, from - 1), 'DENY')] : []),
      ...(to < 1440 ? [at(`${shown}, when they end`, local(day, to), 'DENY')] : []),
    ];
  });
  const shut = [...closed].filter((midnight, index) => holidays.has(midnight) || index % 50 === 0);
  const middles = shut.flatMap((midnight) => {
    const [interval] = localDay(periods, midnight);
    return interval ? [{ day: isoTime(midnight).slice(0, 10), now: interval.start + ((from + to) / 2) * MINUTE }] : [];
  });
  return [
    ...open,
    ...middles.map(({ day, now }) => at(`${day} has no office hours`, now, 'DENY')),
    ...middles
      .slice(0, 1)
      .flatMap(({ now }) => exempt.map((caller) => ({ ...at(`${caller.name} at any time`, now, 'ALLOW'), caller }))),
    at('a year that is not written down yet', Date.UTC(lastYear + 1, 5, 15, 12), 'DENY'),
    at('a year before', Date.UTC(firstYear - 1, 5, 15, 12), 'DENY'),
  ];
}

function during({ start, end }: Interval): string {
  return `context.system.now >= ${datetimeLiteral(isoTime(start))} && context.system.now < ${datetimeLiteral(isoTime(end))}`;
}
