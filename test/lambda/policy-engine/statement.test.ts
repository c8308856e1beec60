import { policyToJson } from '@cedar-policy/cedar-wasm/nodejs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { effectOf } from '../../../lambda/policy-engine/policies/statement';
import { sameStatement } from '../../../lib/contract/statement';
import { body, policy, Scenario } from './scenario';

const HEAD = 'permit(principal, action, resource)';

/** What Cedar makes of a statement; undefined when it is none. */
function parsed(statement: string): string | undefined {
  const answer = policyToJson(statement);
  return answer.type === 'success' ? JSON.stringify(answer.json) : undefined;
}

describe('two statements are the same', () => {
  it.each([
    ['white space', `${HEAD};`, 'permit ( principal,\n\taction,\u0085resource ) ;'],
    ['comments', `${HEAD}; // one`, `// two\r${HEAD};`],
  ])('whatever their %s', (_, one, other) => {
    expect(parsed(one)).toBe(parsed(other));
    expect(sameStatement(one, other)).toBe(true);
  });

  it.each([
    ['white space in a string', `${HEAD} when { "a b" == "x" };`, `${HEAD} when { "a  b" == "x" };`],
    ['a line break in a string', `${HEAD} when { "a b" == "x" };`, `${HEAD} when { "a\nb" == "x" };`],
    ['a condition out of its comment', `${HEAD} // when { false }\n;`, `${HEAD} //\n when { false };`],
    ['a carriage return that ends a comment', `${HEAD} // x\rwhen { false }\n;`, `${HEAD} // x when { false }\n;`],
    ['a comment sign in a string', `${HEAD} when { "//a" == "b" };`, `${HEAD} when { "//" == "b" };`],
    ['an annotation', `@id("a") ${HEAD};`, `@id("b") ${HEAD};`],
  ])('not with another %s', (_, one, other) => {
    expect(parsed(one)).toBeDefined();
    expect(parsed(one)).not.toBe(parsed(other));
    expect(sameStatement(one, other)).toBe(false);
  });

  it('only if Cedar reads them the same', () => {
    const piece = fc.constantFrom(
      '"',
      '//',
      '\n',
      '\r',
      ' ',
      '\u0085',
      '\\',
      'a',
      '==',
      '=',
      '&&',
      'when',
      '{',
      '}',
      ';',
    );
    const text = fc.array(piece, { maxLength: 6 }).map((pieces) => pieces.join(''));
    const statement = fc.tuple(text, text).map(([one, two]) => `${HEAD} when { "${one}" == "b" ${two} };`);
    const spaced = statement.chain((given) =>
      fc.nat({ max: given.length }).map((at) => [given, `${given.slice(0, at)} ${given.slice(at)}`] as const),
    );
    const pair = fc.oneof(fc.tuple(statement, statement), spaced);
    let same = 0;
    fc.assert(
      fc.property(pair, ([one, other]) => {
        if (!sameStatement(one, other)) return;
        same += 1;
        expect(parsed(one)).toBe(parsed(other));
      }),
      { numRuns: 3_000 },
    );
    expect(same).toBeGreaterThan(500);
  });
});

describe('a changed policy is deployed', () => {
  it.each([
    ['white space in a string', body('a b'), body('a  b')],
    ['the end of a comment', `when { true } // x\n;`, `when { true }\n// x\nwhen { principal.hasTag("role") };`],
  ])('when all that changed is %s', async (_, before, after) => {
    const scenario = new Scenario();
    await scenario.deploy([policy('read', { body: before })]);
    expect((await scenario.deploy([policy('read', { body: after })])).status).toBe('COMPLETE');
    expect(scenario.statementOf('read')?.endsWith(after)).toBe(true);
  });
});

describe('the effect of a statement on the service', () => {
  it.each([
    ['permit(principal, action, resource);', 'permit'],
    ['@id("permit") // permit\nforbid (principal, action, resource);', 'forbid'],
    ['// x\rforbid (principal, action, resource); // permit', 'forbid'],
    ['@permit("x")\nforbid(principal, action, resource);', 'forbid'],
    ['@reason("say \\"permit\\"")\nforbid(principal, action, resource) unless { true };', 'forbid'],
    ['', 'permit'],
  ])('%s', (statement, effect) => {
    expect(effectOf(statement)).toBe(effect);
  });
});
