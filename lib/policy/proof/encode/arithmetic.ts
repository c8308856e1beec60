import type { Formula } from '../formula/formula';
import { add, constant, type Linear, scale } from '../formula/linear';
import { atMost, below } from '../formula/relations';
import { mapped, paired } from './alternatives';
import { type CallVariables, GREATEST, LEAST } from './call-variables';
import { DAY, UNITS } from './literals';
import {
  type Alternatives,
  type NumberKind,
  numbersOf,
  type Result,
  type SymbolicValue,
  Unsupported,
} from './symbolic-value';

/** Computed numbers. Whatever leaves 64 bits fails, as in Cedar. */
export class Arithmetic {
  constructor(private readonly calls: CallVariables) {}

  sum(a: SymbolicValue, b: SymbolicValue, kind: NumberKind, times = 1n): Result {
    return this.bounded(
      kind,
      this.paired(a, b, (x, y) => add(x, y, times)),
    );
  }

  /** Throws {@link Unsupported} for a product of two numbers that are not known. */
  product(a: SymbolicValue, b: SymbolicValue): Result {
    return this.bounded(
      'long',
      this.paired(a, b, (x, y) => {
        if (x.terms.size === 0) return scale(y, x.constant);
        if (y.terms.size === 0) return scale(x, y.constant);
        throw new Unsupported('a product of two numbers that vary');
      }),
    );
  }

  negation(a: SymbolicValue): Result {
    return this.bounded(
      'long',
      mapped(numbersOf(a), (x) => scale(x, -1n)),
    );
  }

  /** `toDate`: the start of the day. */
  startOfDay(a: SymbolicValue): Result {
    return this.bounded(
      'datetime',
      mapped(numbersOf(a), (x) => scale(this.floor(x, DAY), DAY)),
    );
  }

  /** `toTime`: the time since the start of the day. */
  timeOfDay(a: SymbolicValue): Result {
    const numbers = mapped(numbersOf(a), (x) => add(x, scale(this.floor(x, DAY), DAY), -1n));
    return { value: { kind: 'duration', numbers }, fails: this.calls.formulas.false };
  }

  /** `toMilliseconds` to `toDays`: rounded towards zero. Undefined for any other method. */
  inUnit(method: string, a: SymbolicValue): Result | undefined {
    const unit = UNITS.get(method);
    if (unit === undefined) return undefined;
    const { formulas } = this.calls;
    const numbers = numbersOf(a).flatMap(({ when, value }) => {
      const isPositive = atMost(formulas, constant(0n), value);
      return [
        { when: formulas.and(when, isPositive), value: this.floor(value, unit) },
        { when: formulas.and(when, formulas.not(isPositive)), value: scale(this.floor(scale(value, -1n), unit), -1n) },
      ];
    });
    return { value: { kind: 'long', numbers }, fails: formulas.false };
  }

  private floor(number: Linear, by: bigint): Linear {
    if (by === 1n) return number;
    const { formulas } = this.calls;
    return this.calls.quotient(number, by, (quotient) => {
      const rest = add(number, scale(quotient, by), -1n);
      return formulas.and(atMost(formulas, constant(0n), rest), below(formulas, rest, constant(by)));
    });
  }

  private paired(a: SymbolicValue, b: SymbolicValue, join: (x: Linear, y: Linear) => Linear): Alternatives<Linear> {
    return paired(this.calls.formulas, numbersOf(a), numbersOf(b), join);
  }

  private bounded(kind: NumberKind, numbers: Alternatives<Linear>): Result {
    const { formulas } = this.calls;
    const isOutside = ({ when, value }: { when: Formula; value: Linear }): Formula =>
      formulas.and(
        when,
        formulas.or(below(formulas, value, constant(LEAST)), below(formulas, constant(GREATEST), value)),
      );
    return { value: { kind, numbers }, fails: formulas.or(...numbers.map(isOutside)) };
  }
}
