import { fewest } from '../fewest';
import { variablesOf } from '../formula/atom';
import type { Value } from '../formula/evaluate';
import type { Variables } from '../formula/variables';
import type { AssignedAtom } from './clauses';
import { NumberSearch } from './numbers';
import { type Steps, Undecidable } from './steps';
import { TextSearch } from './text-search';
import { solveTexts } from './texts';
import { UnionFind } from './union-find';

/** Values by variable. */
export type Model = ReadonlyMap<string, Value>;

/** Values for which atoms have the truth values that they were given; few atoms that cannot have theirs at once; or atoms that are too hard. */
export type TheoryAnswer =
  | { readonly kind: 'model'; readonly model: Model }
  | { readonly kind: 'conflict'; readonly atoms: readonly AssignedAtom[] }
  | { readonly kind: 'undecided'; readonly atoms: readonly AssignedAtom[]; readonly reason: string };

type Solve = (atoms: readonly AssignedAtom[]) => ReadonlyMap<string, Value> | undefined;

/** Says what values texts and numbers can have. One of them serves all questions of a policy set: it keeps what it found. */
export class Theory {
  private readonly textSearch = new TextSearch();
  private readonly numberSearch = new NumberSearch();

  check(atoms: readonly AssignedAtom[], variables: Variables, steps: Steps): TheoryAnswer {
    const model = new Map<string, Value>();
    for (const { atom, value } of atoms) if (atom.kind === 'boolean') model.set(atom.name, value);
    const texts: Solve = (some) => solveTexts(some, variables, this.textSearch, steps);
    const numbers: Solve = (some) => this.numberSearch.solve(some, variables, steps);
    for (const { group, solve } of [...groups(atoms, isText, texts), ...groups(atoms, isNumber, numbers)]) {
      const values = attempt(group, solve);
      if (typeof values === 'string') return { kind: 'undecided', atoms: group, reason: values };
      if (values === undefined)
        return { kind: 'conflict', atoms: fewest(group, (some) => attempt(some, solve) === undefined) };
      for (const [name, value] of values) model.set(name, value);
    }
    return { kind: 'model', model };
  }
}

function isText({ atom }: AssignedAtom): boolean {
  return atom.kind === 'text-equals' || atom.kind === 'like';
}

function isNumber({ atom }: AssignedAtom): boolean {
  return atom.kind === 'at-most-zero' || atom.kind === 'zero';
}

/** Atoms that share variables, directly or through others: each group has values of its own. */
function groups(
  atoms: readonly AssignedAtom[],
  belongs: (atom: AssignedAtom) => boolean,
  solve: Solve,
): { readonly group: AssignedAtom[]; readonly solve: Solve }[] {
  const shared = new UnionFind();
  const chosen = atoms.filter(belongs);
  for (const { atom } of chosen) {
    const [first = '', ...others] = variablesOf(atom);
    for (const other of others) shared.join(other, first);
  }
  const found = new Map<string, AssignedAtom[]>();
  for (const one of chosen) {
    const root = shared.find(variablesOf(one.atom)[0] ?? '');
    found.set(root, [...(found.get(root) ?? []), one]);
  }
  return [...found.values()].map((group) => ({ group, solve }));
}

/** Values, undefined if there are none, or the reason why that is not known. */
function attempt(atoms: readonly AssignedAtom[], solve: Solve): ReturnType<Solve> | string {
  try {
    return solve(atoms);
  } catch (error) {
    if (error instanceof Undecidable) return error.message;
    throw error;
  }
}
