import { describe, expect, it } from 'vitest';
import { ask, authorizePrepared, CedarFailure } from '../../../lib/policy/cedar/cedar';
import { parseStatement } from '../../../lib/policy/source/parsed-policy';

const request = {
  principal: { type: 'User', id: 'a' },
  action: { type: 'Action', id: 'b' },
  resource: { type: 'Thing', id: 'c' },
  context: {},
  entities: [],
};
const permitAll = { statements: { all: 'permit(principal, action, resource);' } };

/** Deep enough to overflow the stack of the wasm instance, which breaks it for good. */
const overflowing = `permit(principal, action, resource) when { ${'('.repeat(2_000)}true${')'.repeat(2_000)} };`;

describe('the door to Cedar', () => {
  it('throws an instance away that a text has broken, and prepares its policies again', () => {
    expect(authorizePrepared(permitAll, request).decision).toBe('allow');
    expect(() => ask((cedar) => cedar.policySetTextToParts(overflowing))).toThrow(CedarFailure);
    expect(ask((cedar) => cedar.policySetTextToParts('permit(principal, action, resource);')).type).toBe('success');
    expect(authorizePrepared(permitAll, request).decision).toBe('allow');
  });

  it('keeps only so many policy sets prepared', () => {
    const sets = Array.from({ length: 1_100 }, (_, index) => ({
      statements: { [`p${index}`]: `permit(principal, action, resource) when { ${index} == ${index} };` },
    }));
    for (const [index, set] of [...sets, ...sets].entries()) {
      expect(authorizePrepared(set, request).diagnostics.reason).toEqual([`p${index % sets.length}`]);
    }
  });

  it('fails for policies that do not parse and requests that are not well-formed', () => {
    expect(() => authorizePrepared({ statements: { a: 'permit(' } }, request)).toThrow(CedarFailure);
    const context = { when: { __extn: { fn: 'datetime', arg: 'yesterday' } } };
    expect(() => authorizePrepared(permitAll, { ...request, context })).toThrow(CedarFailure);
  });
});

describe('parseStatement', () => {
  it.each([
    ['brackets', `${'('.repeat(2_000)}true${')'.repeat(2_000)}`],
    ['sets', `${'['.repeat(300)}1${']'.repeat(300)}.isEmpty()`],
    ['a chain that Cedar parses but could not decide', Array.from({ length: 110 }, () => 'context.a').join(' || ')],
    ['a long path', `context${'.a'.repeat(300)}`],
  ])('calls %s too deep', (_, condition) => {
    const parsed = parseStatement(`permit(principal, action, resource) when { ${condition} };`);
    expect(parsed.ok ? [] : parsed.errors.map(({ code }) => code)).toEqual(['too-deep']);
  });

  it('takes what can be decided', () => {
    const condition = Array.from({ length: 60 }, (_, index) => `context.a == ${index}`).join(' || ');
    const text = `permit(principal, action, resource) when { ${condition} };`;
    expect(parseStatement(text).ok).toBe(true);
    expect(authorizePrepared({ statements: { text } }, { ...request, context: { a: 59 } }).decision).toBe('allow');
  });

  it('takes one statement', () => {
    const one = 'permit(principal, action, resource);';
    expect(parseStatement(one).ok).toBe(true);
    expect(parseStatement(`${one}${one}`).ok).toBe(false);
    expect(parseStatement('').ok).toBe(false);
  });

  it('takes a template, and a question mark in a string', () => {
    expect(parseStatement('permit(principal, action, resource == ?resource);').ok).toBe(true);
    expect(parseStatement('permit(principal, action, resource) when { "?resource" == "?" };').ok).toBe(true);
  });
});
