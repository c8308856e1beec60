import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isMatchable, isReservedClaim } from '../../lib/contract/claim-names';
import { claimValues } from '../../lib/contract/claim-values';
import type { DeclaredClaim } from '../../lib/contract/manifest';
import { clientIdVariable } from '../../lib/contract/pre-token-config';

const role: DeclaredClaim = { name: 'role', source: 'groups', values: { a: 'one', b: 'two' }, multiValued: false };

describe('the values of claims', () => {
  it('take the first declared group, not the first of the user', () => {
    expect(claimValues([role], { kind: 'user', attributes: {}, groups: ['b', 'a'] })).toEqual({ role: 'one' });
  });

  it('leave declared and standard claims to the issuer', () => {
    const others: DeclaredClaim[] = [
      { name: 'sub', source: 'standard', multiValued: false },
      { name: 'tenant', source: 'declared', multiValued: false },
    ];
    expect(claimValues(others, { kind: 'user', attributes: { sub: '1', tenant: 'x' }, groups: [] })).toEqual({});
  });

  it('never come from a group that the user is not in', () => {
    const name = fc.oneof(fc.string(), fc.constantFrom('a', 'b', 'constructor', '__proto__'));
    fc.assert(
      fc.property(fc.array(name), (groups) => {
        const value = claimValues([role], { kind: 'user', attributes: {}, groups })['role'];
        expect(value).toBe(groups.includes('a') ? 'one' : groups.includes('b') ? 'two' : undefined);
      }),
    );
  });

  it('know no client by a name that every object has', () => {
    const tier: DeclaredClaim = { name: 'tier', source: 'client', values: { people: 'x' }, multiValued: false };
    for (const client of ['constructor', 'toString', '__proto__']) {
      expect(claimValues([tier], { kind: 'machine', client })).toEqual({});
    }
  });
});

describe('names', () => {
  it('of claims that Cognito keeps are known', () => {
    for (const name of ['sub', 'aud', 'scope', 'username', 'cognito:groups', 'dev:custom:x']) {
      expect(isReservedClaim(name)).toBe(true);
    }
    expect(isReservedClaim('department')).toBe(false);
  });

  it('that `like` cannot match inside JSON text are known', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        if (isMatchable(text) && /^[\x20-\x7e]*$/.test(text)) expect(JSON.stringify([text])).toBe(`["${text}"]`);
      }),
    );
    expect(isMatchable('a*')).toBe(false);
  });

  it('of clients have a variable each', () => {
    expect(clientIdVariable('nightly-report-2')).toBe('CLIENT_ID_NIGHTLY_REPORT_2');
  });
});
