import fc from 'fast-check';
import { authorize, PolicyPack, type PolicySet, principalFromClaims, Weekday } from '../../../lib/policy';
import { setOf } from './bank';

const YEARS = [2024, 2025];
const HOLIDAYS = ['2024-12-25', '2025-01-01', '2025-05-01'];

/** Clocks that change at midnight, by half an hour, twice around Ramadan, in the other half of the year, or never. */
export const ZONES = [
  'Europe/Berlin',
  'America/New_York',
  'America/St_Johns',
  'Australia/Lord_Howe',
  'Africa/Casablanca',
  'Asia/Beirut',
  'America/Havana',
  'Asia/Kathmandu',
  'Asia/Tokyo',
  'Pacific/Apia',
  'Pacific/Kiritimati',
  'Pacific/Pago_Pago',
  'America/Santiago',
  'UTC',
];
const HOURS = [
  ['08:00', '18:00'],
  ['00:00', '24:00'],
  ['00:00', '09:30'],
  ['13:15', '24:00'],
] as const;
const DAYS = [
  [Weekday.MONDAY, Weekday.TUESDAY, Weekday.WEDNESDAY, Weekday.THURSDAY, Weekday.FRIDAY],
  [Weekday.SUNDAY],
  Object.values(Weekday),
] as const;

export interface Hours {
  readonly timeZone: string;
  readonly hours: readonly [string, string];
  readonly weekdays: readonly Weekday[];
}

const sets = new Map<string, PolicySet>();

function setFor({ timeZone, hours: [from, to], weekdays }: Hours): PolicySet {
  const key = JSON.stringify([timeZone, from, to, weekdays]);
  const options = { tools: ['bank___order'], years: [...YEARS], holidays: [...HOLIDAYS], weekdays: [...weekdays] };
  const set = sets.get(key) ?? setOf(PolicyPack.officeHours({ ...options, timeZone, from, to }));
  sets.set(key, set);
  return set;
}

/** Whether it is office hours by the clock on a wall of the zone, as Intl tells it. */
export function isOpen(at: Date, { timeZone, hours: [from, to], weekdays }: Hours): boolean {
  const format = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    hourCycle: 'h23',
    ...{ year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', weekday: 'long' },
  } as const);
  const parts = new Map(format.formatToParts(at).map(({ type, value }) => [type, value]));
  const day = `${parts.get('year')}-${parts.get('month')}-${parts.get('day')}`;
  const time = `${parts.get('hour')}:${parts.get('minute')}`;
  const isDay = weekdays.some((weekday) => weekday === parts.get('weekday')?.toUpperCase());
  const isYear = Number(parts.get('year')) >= 2024 && Number(parts.get('year')) <= 2025;
  return isYear && isDay && !HOLIDAYS.includes(day) && time >= from && time < to;
}

const principal = principalFromClaims({ sub: 'ann' });

export function outcome(now: Date, hours: Hours): string {
  return authorize(setFor(hours), { principal, tool: 'bank___order', input: {}, now }).outcome;
}

export const hours: fc.Arbitrary<Hours> = fc.record({
  timeZone: fc.constantFrom(...ZONES),
  hours: fc.constantFrom(...HOURS),
  weekdays: fc.constantFrom(...DAYS),
});

/** Any time of the years, and some days before and after. */
export const times = fc.date({
  min: new Date('2023-12-28T00:00:00Z'),
  max: new Date('2026-01-04T00:00:00Z'),
  noInvalidDate: true,
});
