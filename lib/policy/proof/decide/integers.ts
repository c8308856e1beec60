import { add, ceilDivide, constant, evaluateLinear, floorDivide, type Linear, scale } from '../formula/linear';
import { type Steps, Undecidable } from './steps';

/** Whole numbers by variable. */
export type Numbers = Map<string, bigint>;

/**
 * Whole numbers with `l <= 0` for each of `bounds` and `l != 0` for each of `nonZero`, near the preferred ones; undefined if there are none.
 *
 * Variables are eliminated one after the other (Fourier and Motzkin). Over whole numbers that is exact where the variable has no coefficient on
 * one side of its inequalities. Elsewhere it still shows that there are no numbers, and throws {@link Undecidable} when it does not.
 */
export function solveIntegers(
  bounds: readonly Linear[],
  nonZero: readonly Linear[],
  preferred: (name: string) => bigint,
  steps: Steps,
): Numbers | undefined {
  const numbers = eliminate(bounds, preferred, steps);
  if (numbers === undefined) return undefined;
  const violated = nonZero.find(
    (linear) => evaluateLinear(linear, (name) => numbers.get(name) ?? preferred(name)) === 0n,
  );
  if (violated === undefined) return numbers;
  for (const sign of [1n, -1n]) {
    steps.take();
    const found = solveIntegers([...bounds, add(constant(1n), violated, sign)], nonZero, preferred, steps);
    if (found !== undefined) return found;
  }
  return undefined;
}

interface Uses {
  readonly name: string;
  /** Inequalities that bound the variable from below: its coefficient is negative. */
  readonly lower: readonly Linear[];
  readonly upper: readonly Linear[];
}

function eliminate(bounds: readonly Linear[], preferred: (name: string) => bigint, steps: Steps): Numbers | undefined {
  const system = tightest(bounds);
  if (system === undefined) return undefined;
  if (system.length === 0) return new Map();
  steps.take(system.length);
  const uses = usesOf(system);
  const exact = uses.filter((use) => isExact(use));
  const [cheapest] = (exact.length > 0 ? exact : uses).toSorted((a, b) => cost(a) - cost(b));
  const { name, lower, upper } = cheapest as Uses;
  const rest = system.filter((linear) => !linear.terms.has(name));
  steps.take(cost(cheapest as Uses));
  for (const low of lower) {
    for (const high of upper) rest.push(add(scale(low, coefficient(high, name)), high, -coefficient(low, name)));
  }
  const numbers = eliminate(rest, preferred, steps);
  if (numbers === undefined) return undefined;
  if (exact.length === 0) throw new Undecidable('arithmetic on several arguments');
  const value = nearest(cheapest as Uses, numbers, preferred);
  return value === undefined ? undefined : numbers.set(name, value);
}

/** The system with divided coefficients and only the tightest of alike inequalities; undefined if one can never hold. */
function tightest(bounds: readonly Linear[]): Linear[] | undefined {
  const found = new Map<string, Linear>();
  for (const linear of bounds) {
    const divisor = [...linear.terms.values()].reduce(greatestCommonDivisor, 0n);
    if (divisor === 0n) {
      if (linear.constant > 0n) return undefined;
      continue;
    }
    const terms = new Map(
      [...linear.terms].map(([name, by]) => [name, by / divisor] as const).sort(([a], [b]) => (a < b ? -1 : 1)),
    );
    const reduced = { terms, constant: ceilDivide(linear.constant, divisor) };
    const key = JSON.stringify([...terms].map(([name, by]) => [name, `${by}`]));
    const known = found.get(key);
    if (known === undefined || known.constant < reduced.constant) found.set(key, reduced);
  }
  return [...found.values()];
}

function usesOf(system: readonly Linear[]): Uses[] {
  const names = [...new Set(system.flatMap(({ terms }) => [...terms.keys()]))].sort();
  return names.map((name) => {
    const using = system.filter(({ terms }) => terms.has(name));
    return {
      name,
      lower: using.filter((linear) => coefficient(linear, name) < 0n),
      upper: using.filter((linear) => coefficient(linear, name) > 0n),
    };
  });
}

/** Whether every whole-number solution of the rest leaves room for the variable. */
function isExact({ name, lower, upper }: Uses): boolean {
  const isAlone = [...lower, ...upper].every(({ terms }) => terms.size === 1);
  return (
    isAlone ||
    lower.every((linear) => coefficient(linear, name) === -1n) ||
    upper.every((linear) => coefficient(linear, name) === 1n)
  );
}

/** The value between the bounds that is nearest to the preferred one; undefined if there is none. */
function nearest(
  { name, lower, upper }: Uses,
  numbers: Numbers,
  preferred: (name: string) => bigint,
): bigint | undefined {
  const others = (linear: Linear): bigint =>
    evaluateLinear(linear, (other) => {
      if (other === name) return 0n;
      if (!numbers.has(other)) numbers.set(other, preferred(other));
      return numbers.get(other);
    });
  const lows = lower.map((linear) => ceilDivide(others(linear), -coefficient(linear, name)));
  const highs = upper.map((linear) => floorDivide(-others(linear), coefficient(linear, name)));
  let value = preferred(name);
  for (const low of lows) if (value < low) value = low;
  for (const high of highs) if (value > high) value = high;
  return lows.some((low) => value < low) ? undefined : value;
}

function coefficient(linear: Linear, name: string): bigint {
  return linear.terms.get(name) ?? 0n;
}

function cost({ lower, upper }: Uses): number {
  return lower.length * upper.length;
}

function greatestCommonDivisor(a: bigint, b: bigint): bigint {
  let [x, y] = [a < 0n ? -a : a, b < 0n ? -b : b];
  while (y !== 0n) [x, y] = [y, x % y];
  return x;
}
