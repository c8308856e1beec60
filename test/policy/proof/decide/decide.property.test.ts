import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decide } from '../../../../lib/policy/proof/decide/decide';
import { jsonOf } from '../../../../lib/policy/proof/decide/text-search';
import { Theory } from '../../../../lib/policy/proof/decide/theory';
import type { Text } from '../../../../lib/policy/proof/formula/atom';
import { evaluate, type Value } from '../../../../lib/policy/proof/formula/evaluate';
import { type Formula, Formulas } from '../../../../lib/policy/proof/formula/formula';
import { add, constant, scale, variable } from '../../../../lib/policy/proof/formula/linear';
import { type Pattern, patternOf } from '../../../../lib/policy/proof/formula/pattern';
import { atMost, like, numbersEqual, textEquals } from '../../../../lib/policy/proof/formula/relations';
import type { Variables } from '../../../../lib/policy/proof/formula/variables';
import { combinations, formulaOf, shapes } from './random-formulas';

const FREE: Variables = { texts: new Map(), numbers: new Map() };
const theory = new Theory();

/** Holds an answer against every assignment of a small world. In a world that holds all values, an answer is known exactly. */
function judge(
  formula: Formula,
  variables: Variables,
  world: Iterable<ReadonlyMap<string, Value>>,
  isWhole: boolean,
): string {
  const answer = decide(formula, variables, theory);
  if (answer.kind === 'possible') expect(evaluate(formula, (name) => answer.model.get(name))).toBe(true);
  if (answer.kind === 'never' || isWhole) {
    const found = [...world].find((values) => evaluate(formula, (name) => values.get(name)));
    if (answer.kind === 'never') expect(found).toBeUndefined();
    if (isWhole && answer.kind === 'possible') expect(found).toBeDefined();
  }
  return answer.kind;
}

function worldOf(values: ReadonlyMap<string, readonly Value[]>): Iterable<ReadonlyMap<string, Value>> {
  const names = [...values.keys()];
  return [...combinations([...values.values()])].map(
    (one) => new Map(names.map((name, index) => [name, one[index] as Value])),
  );
}

describe('the search', () => {
  it('agrees with truth tables', () => {
    const names = ['a', 'b', 'c', 'd', 'e'];
    fc.assert(
      fc.property(shapes(names.length), (shape) => {
        const formulas = new Formulas();
        const leaves = names.map((name) => formulas.boolean(name));
        const world = worldOf(new Map(names.map((name) => [name, [false, true]])));
        expect(judge(formulaOf(shape, leaves, formulas), FREE, world, true)).not.toBe('undecided');
      }),
      { numRuns: 600 },
    );
  });
});

const letters = fc.constantFrom('a', 'b', 'ab', 'ba');
const patterns: fc.Arbitrary<Pattern> = fc
  .array(
    fc.oneof(
      fc.constant('Wildcard' as const),
      letters.map((Literal) => ({ Literal })),
    ),
    { maxLength: 4 },
  )
  .map(patternOf);
const texts: fc.Arbitrary<Text> = fc.oneof(
  fc.constantFrom('x', 'y', 'z').map((name) => ({ kind: 'variable' as const, name })),
  fc.constantFrom('', 'a', 'ab', 'b').map((text) => ({ kind: 'literal' as const, text })),
);
type TextAtom = { readonly a: Text; readonly b: Text } | { readonly a: Text; readonly pattern: Pattern };
const textAtoms: fc.Arbitrary<TextAtom> = fc.oneof(
  fc.record({ a: texts, b: texts }),
  fc.record({ a: texts, pattern: patterns }),
);

function textAtom(atom: TextAtom, formulas: Formulas): Formula {
  return 'b' in atom ? textEquals(formulas, atom.a, atom.b) : like(formulas, atom.a, atom.pattern);
}

const WORDS = [0, 1, 2, 3, 4].flatMap((length) =>
  [...combinations(Array.from({ length }, () => ['a', 'b']))].map((word) => word.join('')),
);
const LISTED = ['a', 'ab', 'b', 'ba'];

describe('texts', () => {
  it('agree with all short words, for free variables', () => {
    fc.assert(
      fc.property(fc.array(textAtoms, { minLength: 1, maxLength: 6 }), shapes(6), (atoms, shape) => {
        const formulas = new Formulas();
        const leaves = atoms.map((atom) => textAtom(atom, formulas));
        const world = worldOf(new Map(['x', 'y', 'z'].map((name) => [name, WORDS.slice(0, 15)])));
        expect(judge(formulaOf(shape, leaves, formulas), FREE, world, false)).not.toBe('undecided');
      }),
      { numRuns: 300 },
    );
  });

  it('agree exactly with all values, for variables with a list of values', () => {
    fc.assert(
      fc.property(fc.array(textAtoms, { minLength: 1, maxLength: 6 }), shapes(6), (atoms, shape) => {
        const formulas = new Formulas();
        const leaves = atoms.map((atom) => textAtom(atom, formulas));
        const names = ['x', 'y', 'z'];
        const variables: Variables = {
          ...FREE,
          texts: new Map(names.map((name) => [name, { kind: 'listed', values: LISTED }])),
        };
        const world = worldOf(new Map(names.map((name) => [name, LISTED])));
        expect(judge(formulaOf(shape, leaves, formulas), variables, world, true)).not.toBe('undecided');
      }),
      { numRuns: 300 },
    );
  });

  it('agree with arrays of short words, for claims that are JSON arrays', () => {
    const inArrays = fc.array(
      fc.oneof(
        fc.constant('Wildcard' as const),
        fc.constantFrom('"a"', 'a', '"', '["', ',', 'b"]', '[]').map((Literal) => ({ Literal })),
      ),
      {
        minLength: 1,
        maxLength: 5,
      },
    );
    const arrays = [
      [],
      ...combinations([['a', 'b', 'ab', '"', '']]),
      ...combinations([
        ['a', 'b', 'ab'],
        ['a', 'b', ''],
      ]),
    ];
    fc.assert(
      fc.property(
        fc.array(inArrays.map(patternOf), { minLength: 1, maxLength: 5 }),
        shapes(5),
        fc.boolean(),
        (several, shape, spaced) => {
          const formulas = new Formulas();
          const leaves = several.map((pattern) => like(formulas, { kind: 'variable', name: 'groups' }, pattern));
          const variables: Variables = { ...FREE, texts: new Map([['groups', { kind: 'json-array', spaced }]]) };
          const world = worldOf(new Map([['groups', arrays.map((array) => jsonOf(array, spaced))]]));
          const formula = formulaOf(shape, leaves, formulas);
          expect(judge(formula, variables, world, false)).not.toBe('undecided');
          const answer = decide(formula, variables, theory);
          if (answer.kind !== 'possible' || !answer.model.has('groups')) return;
          const text = String(answer.model.get('groups'));
          expect(jsonOf(JSON.parse(text) as string[], spaced)).toBe(text);
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe('numbers', () => {
  const small = fc.integer({ min: -3, max: 3 });
  const sums = fc.tuple(small, small, fc.integer({ min: -8, max: 8 }));
  const linears = fc.oneof(sums, fc.tuple(small, fc.constant(0), fc.integer({ min: -8, max: 8 })));

  it('agree with all numbers of a box', () => {
    let undecided = 0;
    let all = 0;
    fc.assert(
      fc.property(
        fc.array(fc.tuple(linears, fc.boolean()), { minLength: 1, maxLength: 6 }),
        shapes(6),
        (some, shape) => {
          const formulas = new Formulas();
          const zero = constant(0n);
          const leaves = some.map(([[x, y, c], isEquation]) => {
            const sum = add(add(scale(variable('x'), BigInt(x)), scale(variable('y'), BigInt(y))), constant(BigInt(c)));
            return isEquation ? numbersEqual(formulas, sum, zero) : atMost(formulas, sum, zero);
          });
          const range = { low: -5n, high: 5n, preferred: 0n };
          const variables: Variables = { ...FREE, numbers: new Map(['x', 'y'].map((name) => [name, range])) };
          const box = Array.from({ length: 11 }, (_, index) => BigInt(index - 5));
          const world = worldOf(new Map(['x', 'y'].map((name) => [name, box])));
          const kind = judge(formulaOf(shape, leaves, formulas), variables, world, true);
          all += 1;
          if (kind === 'undecided') undecided += 1;
        },
      ),
      { numRuns: 500 },
    );
    expect(undecided / all).toBeLessThan(0.1);
  });
});
