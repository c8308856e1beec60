import type { Atom } from '../formula/atom';

/**
 * What bounds of one sum say of each other: `x <= 3` makes `x <= 5` true. The search would find each of these by a conflict of its own, which
 * takes too long where a policy has a hundred dates. As pairs of variables of which the first makes the second true.
 */
export function boundOrder(atoms: ReadonlyMap<number, Atom>): (readonly [number, number])[] {
  const alike = new Map<string, { readonly variable: number; readonly constant: bigint }[]>();
  for (const [variable, atom] of atoms) {
    if (atom.kind !== 'at-most-zero') continue;
    const { terms, constant } = atom.linear;
    const key = JSON.stringify([...terms].map(([name, by]) => [name, `${by}`]));
    alike.set(key, [...(alike.get(key) ?? []), { variable, constant }]);
  }
  return [...alike.values()].flatMap((bounds) => {
    const sorted = bounds.toSorted((a, b) => (a.constant > b.constant ? -1 : 1));
    return sorted.slice(1).map(({ variable }, index) => [sorted[index]?.variable ?? variable, variable] as const);
  });
}
