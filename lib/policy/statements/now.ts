import { quote } from '../../contract/cedar-string';
import { GovernanceError } from '../../diagnostics/governance-error';
import { Atom, atom, conjunction, type PolicyCondition } from './expression';

/**
 * The time of the call, UTC.
 *
 * @example
 * now().before('2026-12-31');
 */
export function now(): NowOperand {
  return new NowOperand();
}

/** Conditions on the time of the call. Times are ISO 8601, for example `2026-12-31` or `2026-12-31T08:00:00Z`. */
export class NowOperand {
  /** From one time up to, but not including, another. */
  between(start: string, end: string): PolicyCondition {
    return this.from(start).and(this.before(end));
  }

  /** At this time or later. */
  from(start: string): PolicyCondition {
    const literal = datetimeLiteral(start);
    return new Atom(() => atom(`context.system.now >= ${literal}`));
  }

  /** Earlier than this time. */
  before(end: string): PolicyCondition {
    const literal = datetimeLiteral(end);
    return new Atom(() => atom(`context.system.now < ${literal}`));
  }

  /** Every day from one time up to, but not including, another, for example `08:00` and `17:30`, UTC. Spans midnight if the first is later. */
  dailyBetween(start: string, end: string): PolicyCondition {
    const [from, to] = [timeOfDay(start), timeOfDay(end)];
    const after = atom(`context.system.now.toTime() >= ${from.literal}`);
    const before = atom(`context.system.now.toTime() < ${to.literal}`);
    const overMidnight = { text: `${after.text} || ${before.text}`, binding: 'or' as const };
    return new Atom(() => (from.minutes <= to.minutes ? conjunction([after, before]) : overMidnight));
  }
}

const DATETIME = /^[0-9]{4}-[0-9]{2}-[0-9]{2}(?:T[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]{3})?Z)?$/;

/** A Cedar time. Throws for a text that is none. */
export function datetimeLiteral(value: string): string {
  const time = DATETIME.test(value) ? Date.parse(value) : Number.NaN;
  const isReal = !Number.isNaN(time) && new Date(time).toISOString().startsWith(value.slice(0, 10));
  if (!isReal)
    throw GovernanceError.of('STATEMENT_TIME_INVALID', { value, expected: 'a time such as `2026-12-31T08:00:00Z`' });
  return `datetime(${quote(value)})`;
}

function timeOfDay(value: string): { literal: string; minutes: number } {
  const [, hours, minutes] = /^([01][0-9]|2[0-3]):([0-5][0-9])$/.exec(value) ?? [];
  if (hours === undefined || minutes === undefined) {
    throw GovernanceError.of('STATEMENT_TIME_INVALID', { value, expected: 'a time of day such as `08:00`' });
  }
  const all = Number(hours) * 60 + Number(minutes);
  return { literal: durationLiteral(all), minutes: all };
}

/** A Cedar duration of some minutes, in hours and minutes. */
export function durationLiteral(minutes: number): string {
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  return `duration(${quote(rest === 0 ? `${hours}h` : `${hours}h${rest}m`)})`;
}
