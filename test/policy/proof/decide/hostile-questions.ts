import type { Formula, Formulas } from '../../../../lib/policy/proof/formula/formula';
import { patternOf } from '../../../../lib/policy/proof/formula/pattern';
import { like } from '../../../../lib/policy/proof/formula/relations';
import type { Variables } from '../../../../lib/policy/proof/formula/variables';

export const FREE: Variables = { texts: new Map(), numbers: new Map() };
const ARRAY: Variables = { texts: new Map([['groups', { kind: 'json-array', spaced: false }]]), numbers: new Map() };

/** A question that asks for much work. */
export interface HostileQuestion {
  readonly name: string;
  readonly variables: Variables;
  readonly formula: (formulas: Formulas) => Formula;
  /** Right answers. */
  readonly answers: readonly string[];
}

function matching(formulas: Formulas, name: string, ...parts: ('Wildcard' | { Literal: string })[]): Formula {
  return like(formulas, { kind: 'variable', name }, patternOf(parts));
}

function inGroups(formulas: Formulas, count: number): Formula[] {
  return Array.from({ length: count }, (_, index) =>
    matching(formulas, 'groups', 'Wildcard', { Literal: `"group-${index}"` }, 'Wildcard'),
  );
}

function longPatterns(formulas: Formulas): Formula[] {
  return Array.from({ length: 12 }, (_, index) =>
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
}

/** Random clauses of three, as many as make it hardest. */
function hardClauses(formulas: Formulas): Formula {
  let state = 12_345;
  const random = (below: number): number => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fff_ffff;
    return (state >>> 8) % below;
  };
  const literal = (): Formula => {
    const variable = formulas.boolean(`b${random(250)}`);
    return random(2) === 0 ? variable : formulas.not(variable);
  };
  return formulas.and(...Array.from({ length: 1_065 }, () => formulas.or(literal(), literal(), literal())));
}

export const HOSTILE: readonly HostileQuestion[] = [
  ...[8, 16].map(
    (count): HostileQuestion => ({
      name: `${count} groups at once`,
      variables: ARRAY,
      formula: (formulas) => formulas.and(...inGroups(formulas, count)),
      answers: ['possible'],
    }),
  ),
  {
    name: 'one of 16 groups and no other',
    variables: ARRAY,
    formula: (formulas) => {
      const [first = formulas.true, ...others] = inGroups(formulas, 16);
      return formulas.and(first, ...others.map((one) => formulas.not(one)));
    },
    answers: ['possible'],
  },
  {
    name: '16 groups, none of which may be there',
    variables: ARRAY,
    formula: (formulas) =>
      formulas.and(
        ...inGroups(formulas, 16),
        formulas.not(matching(formulas, 'groups', 'Wildcard', { Literal: 'group' }, 'Wildcard')),
      ),
    answers: ['never'],
  },
  {
    name: 'long patterns that exclude each other',
    variables: FREE,
    formula: (formulas) =>
      formulas.and(
        ...longPatterns(formulas),
        formulas.not(matching(formulas, 'text', 'Wildcard', { Literal: 'ab' }, 'Wildcard')),
      ),
    answers: ['never'],
  },
  {
    name: 'long patterns at once',
    variables: FREE,
    formula: (formulas) => formulas.and(...longPatterns(formulas)),
    answers: ['possible', 'undecided'],
  },
  {
    name: 'a hard Boolean structure',
    variables: FREE,
    formula: hardClauses,
    answers: ['possible', 'never', 'undecided'],
  },
];
