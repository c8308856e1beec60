import { describe, expect, it } from 'vitest';
import { decide } from '../../../../lib/policy/proof/decide/decide';
import { Theory } from '../../../../lib/policy/proof/decide/theory';
import { Formulas } from '../../../../lib/policy/proof/formula/formula';
import { FREE, HOSTILE } from './hostile-questions';

describe('a hostile question', () => {
  it.each(HOSTILE)('about $name ends', ({ formula, variables, answers }) => {
    const answer = decide(formula(new Formulas()), variables, new Theory());
    expect(answers).toContain(answer.kind);
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
