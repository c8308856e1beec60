import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fewest } from '../../../lib/policy/proof/fewest';

const all = Array.from({ length: 1_000 }, (_, index) => index);

describe('the fewest that hold', () => {
  it('are those that leaving out one after the other ends with, whatever holds', () => {
    const someOf = fc.uniqueArray(fc.nat(19), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(fc.array(someOf, { minLength: 1, maxLength: 4 }), fc.nat(20), (enough, count) => {
        const given = all.slice(0, count);
        const holds = (some: readonly number[]) => enough.some((one) => one.every((thing) => some.includes(thing)));
        fc.pre(holds(given));
        const oneByOne = given.reduce((kept, one) => {
          const others = kept.filter((other) => other !== one);
          return holds(others) ? others : kept;
        }, given);
        expect(fewest(given, holds)).toEqual(oneByOne);
      }),
    );
  });

  it.each([
    ['one of a thousand', [777], 40],
    ['none of a thousand', [], 20],
    ['all of a thousand', all, 1_000],
  ])('are found with few questions: %s', (_, needed, most) => {
    let asked = 0;
    const holds = (some: readonly number[]): boolean => {
      asked += 1;
      return needed.every((one) => some.includes(one));
    };
    expect(fewest(all, holds)).toEqual(needed);
    expect(asked).toBeLessThanOrEqual(most);
  });
});
