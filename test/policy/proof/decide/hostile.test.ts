import { describe, expect, it } from 'vitest';
import { decide } from '../../../../lib/policy/proof/decide/decide';
import { Theory } from '../../../../lib/policy/proof/decide/theory';
import { type Formula, Formulas } from '../../../../lib/policy/proof/formula/formula';
import { patternOf } from '../../../../lib/policy/proof/formula/pattern';
import { like } from '../../../../lib/policy/proof/formula/relations';
import type { Variables } from '../../../../lib/policy/proof/formula/variables';

const FREE: Variables = { texts: new Map(), numbers: new Map() };
const ARRAY: Variables = { texts: new Map([['groups', { kind: 'json-array', spaced: false }]]), numbers: new Map() };

/** What an answer says. That there is one is the point: steps bound it. */
function kindOf(formula: Formula, variables: Variables): string {
  return decide(formula, variables, new Theory()).kind;
}

function matching(formulas: Formulas, name: string, ...parts: ('Wildcard' | { Literal: string })[]): Formula {
  return like(formulas, { kind: 'variable', name }, patternOf(parts));
}

describe('a hostile question', () => {
  it.each([8, 16])('about %d groups at once ends with an answer', (count) => {
    const formulas = new Formulas();
    const groups = Array.from({ length: count }, (_, index) =>
      matching(formulas, 'groups', 'Wildcard', { Literal: `"group-${index}"` }, 'Wildcard'),
    );
    expect(kindOf(formulas.and(...groups), ARRAY)).toBe('possible');
    const [first, ...others] = groups;
    const alone = formulas.and(first ?? formulas.true, ...others.map((one) => formulas.not(one)));
    expect(kindOf(alone, ARRAY)).toBe('possible');
  });

  it('about long patterns that exclude each other ends', () => {
    const formulas = new Formulas();
    const long = Array.from({ length: 12 }, (_, index) =>
      matching(
        formulas,
        'text',
        'Wildcard',
        { Literal: 'ab'.repeat(20 + index) },
        'Wildcard',
        { Literal: 'ba'.repeat(15) },
        'Wildcard',
      ),
    );
    const none = formulas.not(matching(formulas, 'text', 'Wildcard', { Literal: 'ab' }, 'Wildcard'));
    expect(kindOf(formulas.and(...long, none), FREE)).toBe('never');
    expect(['possible', 'undecided']).toContain(kindOf(formulas.and(...long), FREE));
  });

  it('of a hard Boolean structure ends, undecided if need be', () => {
    const formulas = new Formulas();
    let state = 12_345;
    const random = (below: number): number => {
      state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fff_ffff;
      return (state >>> 8) % below;
    };
    const literal = (): Formula => {
      const variable = formulas.boolean(`b${random(250)}`);
      return random(2) === 0 ? variable : formulas.not(variable);
    };
    const clauses = Array.from({ length: 1_065 }, () => formulas.or(literal(), literal(), literal()));
    expect(['possible', 'never', 'undecided']).toContain(kindOf(formulas.and(...clauses), FREE));
  });

  it('is undecided once it takes more steps than it may', () => {
    const formulas = new Formulas();
    const parts = Array.from({ length: 30 }, (_, index) =>
      formulas.or(formulas.boolean(`a${index}`), formulas.boolean(`b${index}`)),
    );
    expect(decide(formulas.and(...parts), FREE, new Theory(), 10)).toEqual({
      kind: 'undecided',
      reason: 'the question takes too many steps',
    });
  });
});
