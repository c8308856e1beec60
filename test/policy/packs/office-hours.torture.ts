import fc from 'fast-check';
import { expect, it } from 'vitest';
import { hours, isOpen, outcome, times } from './office-clock';

it('has office hours whenever the clocks on the wall have them', () => {
  fc.assert(
    fc.property(hours, fc.array(times, { minLength: 50, maxLength: 50 }), (one, some) => {
      for (const now of some) {
        expect([now.toISOString(), outcome(now, one)]).toEqual([
          now.toISOString(),
          isOpen(now, one) ? 'ALLOW' : 'DENY',
        ]);
      }
    }),
    { numRuns: 400 },
  );
});
