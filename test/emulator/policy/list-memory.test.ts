import { describe, expect, it } from 'vitest';
import { principalFromClaims } from '../../../lib/contract/claims';
import { ListMemory } from '../../../lib/emulator/policy/list-memory';
import { policy } from '../fixture';

const NOW = new Date('2026-03-01T10:00:00Z');

function memory(condition: string): (claims: object, now?: Date) => boolean {
  const lists = new ListMemory([
    policy('p', `permit(principal, action, resource == ?resource) when { ${condition} };`),
  ]);
  return (claims, now = NOW) => {
    let computed = false;
    lists.recall(principalFromClaims({ sub: 'someone', ...claims }), now, () => {
      computed = true;
      return new Set();
    });
    return computed;
  };
}

describe('the memory of tool lists', () => {
  it('tells callers apart by what policies can read, and by nothing else', () => {
    const computes = memory('principal.getTag("department") == "finance"');
    expect(computes({ department: 'finance', exp: 1 })).toBe(true);
    expect(computes({ department: 'finance', exp: 2 })).toBe(false);
    expect(computes({ department: 'sales', exp: 2 })).toBe(true);
    expect(computes({ sub: 'other', department: 'finance' })).toBe(true);
  });

  it.each([
    ['computes the name of a claim', 'principal.getTag(context.input.name) == "x"'],
    ['writes the name with an escape', 'principal.getTag("depart\\u{6d}ent") == "x"'],
  ])('tells callers apart by every claim when a policy %s', (_, condition) => {
    const computes = memory(condition);
    expect(computes({ department: 'finance' })).toBe(true);
    expect(computes({ department: 'sales' })).toBe(true);
  });

  it('forgets after a second when policies read the time, and not otherwise', () => {
    const later = new Date(NOW.getTime() + 1_000);
    const timed = memory('context.system.now < datetime("2030-01-01")');
    expect([timed({}), timed({}), timed({}, later)]).toEqual([true, false, true]);
    const timeless = memory('principal has id');
    expect([timeless({}), timeless({}, later)]).toEqual([true, false]);
  });
});
