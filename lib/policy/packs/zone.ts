/** A stretch of time in which a zone keeps one distance from UTC. Milliseconds since 1970; the end is exclusive. */
export interface OffsetPeriod {
  readonly start: number;
  readonly end: number;
  /** Minutes that local clocks are ahead of UTC. */
  readonly offset: number;
}

/** A stretch of time in UTC. Milliseconds since 1970; the end is exclusive. */
export interface Interval {
  readonly start: number;
  readonly end: number;
}

export const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** Whether a text names a time zone, such as `Europe/Berlin`. */
export function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en-US', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

/** Local years of a zone, cut where its clocks change. The zone's rules are those that Node.js knows. */
export function offsetPeriods(timeZone: string, firstYear: number, lastYear: number): OffsetPeriod[] {
  const offsetAt = offsets(timeZone);
  // No zone is further than a day from UTC.
  const [from, to] = [Date.UTC(firstYear, 0, 1) - DAY, Date.UTC(lastYear + 1, 0, 1) + DAY];
  const periods: OffsetPeriod[] = [];
  let start = from;
  for (let time = from; time < to; time += DAY / 2) {
    const next = Math.min(time + DAY / 2, to);
    if (offsetAt(next) === offsetAt(time)) continue;
    const change = firstChange(offsetAt, time, next);
    periods.push({ start, end: change, offset: offsetAt(start) });
    start = change;
  }
  periods.push({ start, end: to, offset: offsetAt(start) });
  return periods.flatMap((period) => {
    const [first, last] = [Date.UTC(firstYear, 0, 1), Date.UTC(lastYear + 1, 0, 1)].map(
      (local) => local - period.offset * MINUTE,
    );
    const cut = { ...period, start: Math.max(period.start, first ?? 0), end: Math.min(period.end, last ?? 0) };
    return cut.start < cut.end ? [cut] : [];
  });
}

/** When it is a local day, midnight of which is given as if it were UTC. Clocks that are put back over midnight have parts of it apart. */
export function localDay(periods: readonly OffsetPeriod[], midnight: number): Interval[] {
  return periods.flatMap(({ start, end, offset }) => {
    const own = {
      start: Math.max(start, midnight - offset * MINUTE),
      end: Math.min(end, midnight + DAY - offset * MINUTE),
    };
    return own.start < own.end ? [own] : [];
  });
}

/** Intervals in order, those that meet as one. */
export function joined(intervals: readonly Interval[]): Interval[] {
  const all: Interval[] = [];
  for (const { start, end } of intervals.toSorted((a, b) => a.start - b.start)) {
    const last = all.at(-1);
    if (last !== undefined && start <= last.end)
      all[all.length - 1] = { start: last.start, end: Math.max(last.end, end) };
    else all.push({ start, end });
  }
  return all;
}

/** Minutes ahead of UTC at a time, for one zone. */
function offsets(timeZone: string): (time: number) => number {
  const format = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' });
  return (time) => {
    const text = format.formatToParts(time).find(({ type }) => type === 'timeZoneName')?.value ?? '';
    const [, sign, hours = '0', minutes = '0'] = /^GMT([+-])([0-9]{2}):([0-9]{2})/.exec(text) ?? [];
    return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
  };
}

/** The minute at which clocks change, between two times of which only one is before. */
function firstChange(offsetAt: (time: number) => number, before: number, after: number): number {
  if (after - before <= MINUTE) return after;
  const middle = before + Math.floor((after - before) / MINUTE / 2) * MINUTE;
  return offsetAt(middle) === offsetAt(before)
    ? firstChange(offsetAt, middle, after)
    : firstChange(offsetAt, before, middle);
}
