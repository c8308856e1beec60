import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Weekday } from '../../../lib/policy';
import { type Hours, hours, isOpen, outcome, times, ZONES } from './office-clock';

describe('office hours', () => {
  it('are those of the clocks on the wall, at any time of any zone', () => {
    fc.assert(
      fc.property(hours, fc.array(times, { minLength: 25, maxLength: 25 }), (one, some) => {
        const decided = some.map((now) => `${now.toISOString()} ${outcome(now, one)}`);
        expect(decided).toEqual(some.map((now) => `${now.toISOString()} ${isOpen(now, one) ? 'ALLOW' : 'DENY'}`));
      }),
      { numRuns: 8 },
    );
  });

  // Around days on which a zone changes its clocks, and a millisecond before.
  it.each([
    ['Europe/Berlin', '2024-03-31'],
    ['America/St_Johns', '2024-11-03'],
    ['Australia/Lord_Howe', '2025-10-05'],
    ['Africa/Casablanca', '2025-02-23'],
    ['Asia/Beirut', '2025-10-26'],
    ['America/Havana', '2025-11-02'],
    ['America/Santiago', '2025-04-06'],
  ])('begin and end on the minute in %s around %s', (timeZone, day) => {
    expect(ZONES).toContain(timeZone);
    const one: Hours = { timeZone, hours: ['00:00', '09:30'], weekdays: Object.values(Weekday) };
    const noon = Date.parse(`${day}T12:00:00Z`);
    const some = [...Array(60).keys()].flatMap((half) =>
      [-1, 0].map((ms) => new Date(noon + (half - 30) * 1_800_000 + ms)),
    );
    const decided = some.map((now) => `${now.toISOString()} ${outcome(now, one)}`);
    expect(decided).toEqual(some.map((now) => `${now.toISOString()} ${isOpen(now, one) ? 'ALLOW' : 'DENY'}`));
  });
});
