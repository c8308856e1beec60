import type { Formula, Formulas } from '../formula/formula';
import { type Alternatives, type SymbolicValue, Unsupported } from './symbolic-value';

export function always<T>(formulas: Formulas, value: T): Alternatives<T> {
  return [{ when: formulas.true, value }];
}

export function mapped<A, B>(alternatives: Alternatives<A>, change: (value: A) => B): Alternatives<B> {
  return alternatives.map(({ when, value }) => ({ when, value: change(value) }));
}

/** Every pair of alternatives that can hold at once. */
export function paired<A, B, C>(
  formulas: Formulas,
  a: Alternatives<A>,
  b: Alternatives<B>,
  join: (a: A, b: B) => C,
): Alternatives<C> {
  const pairs = a.flatMap((one) =>
    b.map((other) => ({ when: formulas.and(one.when, other.when), value: join(one.value, other.value) })),
  );
  return pairs.filter(({ when }) => when !== formulas.false);
}

/** Whether one of the alternatives holds for which the question is true. */
export function some<T>(formulas: Formulas, alternatives: Alternatives<T>, question: (value: T) => Formula): Formula {
  return formulas.or(...alternatives.map(({ when, value }) => formulas.and(when, question(value))));
}

/** `if condition then a else b`. Throws {@link Unsupported} for records and entities, which have no alternatives. */
export function chosen(formulas: Formulas, condition: Formula, a: SymbolicValue, b: SymbolicValue): SymbolicValue {
  if (a.kind === 'failure' || condition === formulas.false) return b;
  if (b.kind === 'failure' || condition === formulas.true) return a;
  const joined = <T>(x: Alternatives<T>, y: Alternatives<T>): Alternatives<T> => [
    ...guarded(formulas, condition, x),
    ...guarded(formulas, formulas.not(condition), y),
  ];
  if (a.kind === 'bool' && b.kind === 'bool')
    return { kind: 'bool', formula: formulas.ifThenElse(condition, a.formula, b.formula) };
  if (a.kind === 'text' && b.kind === 'text') return { kind: 'text', texts: joined(a.texts, b.texts) };
  if (a.kind === 'set' && b.kind === 'set') return { kind: 'set', sets: joined(a.sets, b.sets) };
  if ('numbers' in a && 'numbers' in b && a.kind === b.kind)
    return { kind: a.kind, numbers: joined(a.numbers, b.numbers) };
  throw new Unsupported('a record or entity that depends on a condition');
}

function guarded<T>(formulas: Formulas, condition: Formula, alternatives: Alternatives<T>): Alternatives<T> {
  return alternatives
    .map(({ when, value }) => ({ when: formulas.and(condition, when), value }))
    .filter(({ when }) => when !== formulas.false);
}
