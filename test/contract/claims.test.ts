import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { claimToTag, principalFromClaims, principalFromIam, unauthenticatedPrincipal } from '../../lib/contract/claims';
import { isExactJson, type JsonObject, type JsonValue } from '../../lib/contract/json';

describe('claimToTag', () => {
  // Covers policy.claims-as-tags
  it.each<[JsonValue, string | undefined]>([
    ['finance', 'finance'],
    [1_735_689_600, '1735689600'],
    [true, 'true'],
    [['insurance:claim', 'insurance:view'], '["insurance:claim","insurance:view"]'],
    [[], '[]'],
    [{ a: 1 }, '{"a":1}'],
    [null, undefined],
  ])('turns %j into %j', (claim, tag) => {
    expect(claimToTag(claim)).toBe(tag);
  });

  // Covers assumed.spaced-arrays
  it('puts spaces into arrays behind its switch', () => {
    expect(claimToTag(['a', 'b'], { spacedArrays: true })).toBe('["a", "b"]');
  });
});

describe('principalFromClaims', () => {
  it('takes `sub` as the id and the other claims as tags', () => {
    expect(principalFromClaims({ sub: 'u-1', department: 'finance', exp: 5, nothing: null })).toEqual({
      type: 'AgentCore::OAuthUser',
      id: 'u-1',
      tags: { department: 'finance', exp: '5' },
    });
  });

  // Covers assumed.sub-tag
  it('adds a tag for `sub` behind its switch', () => {
    expect(principalFromClaims({ sub: 'u-1' }, { subTag: true }).tags).toEqual({ sub: 'u-1' });
  });

  it.each<JsonObject>([{}, { sub: '' }, { sub: 5 }, { sub: null }])(
    'refuses claims without a subject: %j',
    (claims) => {
      expect(() => principalFromClaims(claims)).toThrow(RangeError);
    },
  );

  it.each<JsonValue>([2 ** 53, -(2 ** 53), 1e21, Number.POSITIVE_INFINITY, [1, 2 ** 53], { deep: [{ n: 2 ** 60 }] }])(
    'refuses the claim %j, which another number of a token could have become',
    (claim) => {
      expect(() => principalFromClaims({ sub: 'u-1', account: claim })).toThrow('claim `account`');
    },
  );

  it('takes the largest integers that JavaScript carries', () => {
    expect(principalFromClaims({ sub: 'u-1', a: 2 ** 53 - 1, b: -(2 ** 53) + 1 }).tags).toEqual({
      a: '9007199254740991',
      b: '-9007199254740991',
    });
  });

  it('makes a string of every claim, whatever it is and is called', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (claims) => {
        fc.pre(Object.values(claims).every((claim) => isExactJson(claim as JsonValue)));
        const principal = principalFromClaims({ ...(claims as JsonObject), sub: 'u' });
        for (const [name, tag] of Object.entries(principal.tags)) {
          expect(typeof tag).toBe('string');
          expect(Object.hasOwn(claims, name)).toBe(true);
        }
        expect(Object.getPrototypeOf(principal.tags)).toBe(Object.prototype);
      }),
    );
  });
});

describe('other principals', () => {
  // Covers policy.iam-id
  it('drop the session of an assumed role', () => {
    const principal = principalFromIam('arn:aws:sts::111122223333:assumed-role/agent/session-5');
    expect(principal).toEqual({
      type: 'AgentCore::IamEntity',
      id: 'arn:aws:sts::111122223333:assumed-role/agent',
      tags: {},
    });
  });

  it('keep other ARNs as they are', () => {
    expect(principalFromIam('arn:aws:iam::111122223333:user/ann').id).toBe('arn:aws:iam::111122223333:user/ann');
  });

  it('have no id without authentication', () => {
    expect(unauthenticatedPrincipal).toEqual({ type: 'AgentCore::UnauthenticatedUser', id: '', tags: {} });
  });
});
