import fc from 'fast-check';
import type { Formula, Formulas } from '../../../../lib/policy/proof/formula/formula';

/** How a formula is put together; the leaves are atoms by number. */
export type Shape =
  | { readonly leaf: number }
  | { readonly not: Shape }
  | { readonly and: readonly Shape[] }
  | { readonly or: readonly Shape[] };

/** Shapes over a number of leaves. */
export function shapes(leaves: number): fc.Arbitrary<Shape> {
  return fc.letrec<{ shape: Shape }>((tie) => {
    const several = fc.array(tie('shape'), { minLength: 2, maxLength: 4 });
    return {
      shape: fc.oneof(
        { depthSize: 'small', withCrossShrink: true },
        { weight: 3, arbitrary: fc.nat({ max: leaves - 1 }).map((leaf) => ({ leaf })) },
        { weight: 2, arbitrary: tie('shape').map((not) => ({ not })) },
        { weight: 3, arbitrary: several.map((and) => ({ and })) },
        { weight: 3, arbitrary: several.map((or) => ({ or })) },
      ),
    };
  }).shape;
}

export function formulaOf(shape: Shape, leaves: readonly Formula[], formulas: Formulas): Formula {
  if ('leaf' in shape) return leaves[shape.leaf] ?? formulas.true;
  if ('not' in shape) return formulas.not(formulaOf(shape.not, leaves, formulas));
  if ('and' in shape) return formulas.and(...shape.and.map((part) => formulaOf(part, leaves, formulas)));
  return formulas.or(...shape.or.map((part) => formulaOf(part, leaves, formulas)));
}

/** Every way to choose one element of each list. */
export function* combinations<T>(lists: readonly (readonly T[])[]): Generator<readonly T[]> {
  const [first, ...rest] = lists;
  if (first === undefined) {
    yield [];
    return;
  }
  for (const others of combinations(rest)) for (const one of first) yield [one, ...others];
}
