import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { authorize, PolicyPack, type PolicySet, principalFromClaims } from '../../../lib/policy';
import { setOf } from './bank';

const noon = new Date('2026-01-01T12:00:00Z');
const words: fc.Arbitrary<string> = fc.constantFrom(
  'requesters',
  'approvers',
  'clerks',
  'junior-requesters',
  'approver',
  'bank/read',
  'bank/reader',
);

function outcome(set: PolicySet, tool: string, claims: object, input = {}, now = noon): string {
  const principal = principalFromClaims({ sub: 'ann', ...claims });
  return authorize(set, { principal, tool: `bank___${tool}`, input, now }).outcome;
}

describe('untilDate', () => {
  it('grants before the date, and not from it on', () => {
    const times = fc.integer({ min: Date.UTC(2020, 0), max: Date.UTC(2080, 0) });
    fc.assert(
      fc.property(times, fc.integer({ min: -5_000, max: 5_000 }), (end, beside) => {
        const until = new Date(end - (end % 1000)).toISOString();
        const set = setOf(PolicyPack.untilDate({ group: 'auditors', tools: ['class:read'], until }));
        const now = new Date(Date.parse(until) + beside);
        expect(outcome(set, 'list_accounts', { 'cognito:groups': ['auditors'] }, {}, now)).toBe(
          beside < 0 ? 'ALLOW' : 'DENY',
        );
        expect(outcome(set, 'list_accounts', { 'cognito:groups': ['xauditors'] }, {}, now)).toBe('DENY');
      }),
      { numRuns: 40 },
    );
  });
});

describe('separationOfDuties', () => {
  const duties = { requesters: ['bank___pay'], approvers: ['bank___approve_payment'] };
  const input = { pay: { payer: 'a', amount: 1 }, approve_payment: { id: 'a' } };

  it('denies the tools of the other group, in whichever order the groups are written, and both to who is in both', () => {
    const [one, other] = [
      setOf(PolicyPack.separationOfDuties(duties)),
      setOf(PolicyPack.separationOfDuties({ approvers: duties.approvers, requesters: duties.requesters })),
    ];
    fc.assert(
      fc.property(fc.uniqueArray(words), (groups) => {
        const claims = { 'cognito:groups': groups };
        const decided = [one, other].map((set) => [
          outcome(set, 'pay', claims, input.pay),
          outcome(set, 'approve_payment', claims, input.approve_payment),
        ]);
        expect(decided[0]).toEqual(decided[1]);
        expect(decided[0]).toEqual(
          ['approvers', 'requesters'].map((group) => (groups.includes(group) ? 'DENY' : 'ALLOW')),
        );
      }),
      { numRuns: 60 },
    );
  });
});

describe('scopes', () => {
  it('are whole words, wherever they stand', () => {
    const set = setOf(PolicyPack.scopes({ 'bank/read': ['class:read'] }));
    fc.assert(
      fc.property(fc.array(words), (some) => {
        expect(outcome(set, 'list_accounts', { scope: some.join(' ') })).toBe(
          some.includes('bank/read') ? 'ALLOW' : 'DENY',
        );
      }),
      { numRuns: 60 },
    );
    expect(outcome(set, 'list_accounts', {})).toBe('DENY');
  });
});

describe('ownRecords', () => {
  it('are those of the caller, by the id that no token can leave out or by a claim', () => {
    const own = setOf(PolicyPack.ownRecords({ tools: ['bank___list_accounts'], argument: 'owner' }));
    const ofTeam = setOf(PolicyPack.ownRecords({ tools: ['bank___list_accounts'], argument: 'owner', claim: 'team' }));
    fc.assert(
      fc.property(
        fc.constantFrom('ann', 'bob', 'red', ''),
        fc.constantFrom('red', 'blue', undefined),
        (owner, team) => {
          const claims = team === undefined ? {} : { team };
          expect(outcome(own, 'list_accounts', claims, { owner })).toBe(owner === 'ann' ? 'ALLOW' : 'DENY');
          expect(outcome(ofTeam, 'list_accounts', claims, { owner })).toBe(owner === team ? 'ALLOW' : 'DENY');
        },
      ),
      { numRuns: 24 },
    );
    expect(outcome(own, 'list_accounts', {}, {})).toBe('DENY');
  });
});
