import { atomKey, variablesOf } from '../formula/atom';
import { add, constant, type Linear, scale, variable } from '../formula/linear';
import type { Variables } from '../formula/variables';
import type { AssignedAtom } from './clauses';
import { type Numbers, solveIntegers } from './integers';
import type { Steps } from './steps';

/** Finds numbers. Results are kept, since policies of many tools ask for the same ones. */
export class NumberSearch {
  private readonly found = new Map<string, Numbers | undefined>();

  /** Numbers for which the atoms have their values, by variable; undefined if there are none. */
  solve(atoms: readonly AssignedAtom[], variables: Variables, steps: Steps): Numbers | undefined {
    const names = [...new Set(atoms.flatMap(({ atom }) => variablesOf(atom)))];
    const ranges = names.map((name) => {
      const range = variables.numbers.get(name);
      return range === undefined ? name : `${name}${range.low}..${range.high}~${range.preferred}`;
    });
    const key = [...ranges, ...atoms.map(({ atom, value }) => `${value}${atomKey(atom)}`)].join();
    if (!this.found.has(key)) this.found.set(key, solve(atoms, variables, steps));
    return this.found.get(key);
  }
}

function solve(atoms: readonly AssignedAtom[], { numbers }: Variables, steps: Steps): Numbers | undefined {
  const bounds: Linear[] = [];
  const nonZero: Linear[] = [];
  const names = new Set<string>();
  for (const { atom, value } of atoms) {
    if (atom.kind !== 'at-most-zero' && atom.kind !== 'zero') continue;
    const { linear } = atom;
    for (const name of linear.terms.keys()) names.add(name);
    if (atom.kind === 'at-most-zero') bounds.push(value ? linear : add(constant(1n), linear, -1n));
    else if (value) bounds.push(linear, scale(linear, -1n));
    else nonZero.push(linear);
  }
  for (const name of names) {
    const range = numbers.get(name);
    if (range === undefined) continue;
    bounds.push(add(variable(name), constant(-range.high)), add(constant(range.low), variable(name), -1n));
  }
  return solveIntegers(bounds, nonZero, (name) => numbers.get(name)?.preferred ?? 0n, steps);
}
