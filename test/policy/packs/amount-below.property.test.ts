import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { authorize, PolicyPack, principalFromClaims } from '../../../lib/policy';
import { setOf } from './bank';

/** Ten-thousandths as people write them. */
function written(units: number): string {
  const digits = String(Math.abs(units)).padStart(5, '0');
  return `${units < 0 ? '-' : ''}${digits.slice(0, -4)}.${digits.slice(-4)}`;
}

const caller = (...groups: string[]) => principalFromClaims({ sub: 'ann', 'cognito:groups': groups });
const now = new Date('2026-01-01T12:00:00Z');

describe('amounts below a limit', () => {
  it('are exactly those that are smaller, by group', () => {
    const units = fc.integer({ min: -50_000_000, max: 50_000_000 });
    fc.assert(
      fc.property(
        units,
        fc.integer({ min: 1, max: 10_000_000 }),
        fc.integer({ min: -2, max: 2 }),
        fc.boolean(),
        (limit, more, beside, isManager) => {
          const set = setOf(
            PolicyPack.amountBelow({
              tools: ['bank___pay'],
              argument: 'amount',
              limit: written(limit),
              groupLimits: { managers: written(limit + more) },
            }),
          );
          const amount = (isManager ? limit + more : limit) + beside;
          const principal = isManager ? caller('managers') : caller('junior-managers');
          const { outcome } = authorize(set, {
            principal,
            tool: 'bank___pay',
            input: { payer: 'a', amount: Number(written(amount)) },
            now,
          });
          expect(outcome).toBe(beside < 0 ? 'ALLOW' : 'DENY');
        },
      ),
      { numRuns: 60 },
    );
  });

  it('have to be there: a call without an amount is denied', () => {
    const set = setOf(PolicyPack.amountBelow({ tools: ['bank___order'], argument: 'amount', limit: '500' }));
    const outcome = (input: { amount?: number }): string =>
      authorize(set, { principal: caller(), tool: 'bank___order', input, now }).outcome;
    expect([outcome({}), outcome({ amount: 499 }), outcome({ amount: 500 })]).toEqual(['DENY', 'ALLOW', 'DENY']);
  });
});
