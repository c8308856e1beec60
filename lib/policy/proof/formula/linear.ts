/** A sum of whole-number multiples of variables and a constant, without bounds. */
export interface Linear {
  readonly terms: ReadonlyMap<string, bigint>;
  readonly constant: bigint;
}

export function constant(value: bigint): Linear {
  return { terms: new Map(), constant: value };
}

export function variable(name: string): Linear {
  return { terms: new Map([[name, 1n]]), constant: 0n };
}

/** a + times * b */
export function add(a: Linear, b: Linear, times = 1n): Linear {
  const terms = new Map(a.terms);
  for (const [name, coefficient] of b.terms) {
    const sum = (terms.get(name) ?? 0n) + coefficient * times;
    if (sum === 0n) terms.delete(name);
    else terms.set(name, sum);
  }
  return { terms, constant: a.constant + b.constant * times };
}

export function scale(a: Linear, by: bigint): Linear {
  return add(constant(0n), a, by);
}

/** The sum's value; variables without a value count as zero. */
export function evaluateLinear(linear: Linear, lookUp: (name: string) => bigint | undefined): bigint {
  let sum = linear.constant;
  for (const [name, coefficient] of linear.terms) sum += coefficient * (lookUp(name) ?? 0n);
  return sum;
}

export function floorDivide(a: bigint, b: bigint): bigint {
  const quotient = a / b;
  return a % b !== 0n && a < 0n !== b < 0n ? quotient - 1n : quotient;
}

export function ceilDivide(a: bigint, b: bigint): bigint {
  return -floorDivide(-a, b);
}
