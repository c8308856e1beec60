import type { Pattern } from '../formula/pattern';
import type { Language, Variables } from '../formula/variables';
import type { AssignedAtom } from './clauses';
import type { Steps } from './steps';
import { fits, type TextConstraints, type TextSearch } from './text-search';
import { UnionFind } from './union-find';

/** Variables that must be equal, and what their text has to be. */
interface TextClass {
  readonly names: Set<string>;
  readonly literals: Set<string>;
  readonly excluded: Set<string>;
  readonly like: Pattern[];
  readonly unlike: Pattern[];
  /** Classes whose text is another one. */
  readonly others: Set<TextClass>;
}

/** Texts for which the atoms have their values, by variable; undefined if there are none. */
export function solveTexts(
  atoms: readonly AssignedAtom[],
  variables: Variables,
  search: TextSearch,
  steps: Steps,
): ReadonlyMap<string, string> | undefined {
  const classes = classesOf(atoms);
  if (classes === undefined) return undefined;
  const options = classes.map((one) => ({ one, texts: textsOf(one, variables, search, steps) }));
  options.sort((a, b) => a.texts.length - b.texts.length);
  const chosen = new Map<TextClass, string>();
  const choose = (index: number): boolean => {
    const option = options[index];
    if (option === undefined) return true;
    const taken = new Set([...option.one.others].map((other) => chosen.get(other)));
    for (const text of option.texts) {
      steps.take();
      if (taken.has(text)) continue;
      chosen.set(option.one, text);
      if (choose(index + 1)) return true;
    }
    chosen.delete(option.one);
    return false;
  };
  if (!choose(0)) return undefined;
  return new Map(classes.flatMap((one) => [...one.names].map((name) => [name, chosen.get(one) ?? ''] as const)));
}

/** One text more than there are others that it must not equal: then one is always left. */
function textsOf(one: TextClass, variables: Variables, search: TextSearch, steps: Steps): readonly string[] {
  const languages = [...one.names].sort().flatMap((name): Language[] => {
    const language = variables.texts.get(name);
    return language === undefined || language.kind === 'any' ? [] : [language];
  });
  const constraints: TextConstraints = { like: one.like, unlike: one.unlike, languages, excluded: one.excluded };
  const [literal, ...different] = one.literals;
  if (literal === undefined) return search.find(constraints, one.others.size + 1, steps);
  return different.length === 0 && fits(constraints, literal) ? [literal] : [];
}

function classesOf(atoms: readonly AssignedAtom[]): TextClass[] | undefined {
  const equal = new UnionFind();
  for (const { atom, value } of atoms) {
    if (value && atom.kind === 'text-equals' && atom.other.kind === 'variable') equal.join(atom.name, atom.other.name);
  }
  const classes = new Map<string, TextClass>();
  const classOf = (name: string): TextClass => {
    const root = equal.find(name);
    const known = classes.get(root);
    const one = known ?? {
      names: new Set(),
      literals: new Set(),
      excluded: new Set(),
      like: [],
      unlike: [],
      others: new Set(),
    };
    one.names.add(name);
    classes.set(root, one);
    return one;
  };
  for (const { atom, value } of atoms) {
    if (atom.kind === 'like') classOf(atom.name)[value ? 'like' : 'unlike'].push(atom.pattern);
    if (atom.kind !== 'text-equals') continue;
    const [one, { other }] = [classOf(atom.name), atom];
    if (other.kind === 'literal') one[value ? 'literals' : 'excluded'].add(other.text);
    else if (!value && !keepApart(one, classOf(other.name))) return undefined;
    else classOf(other.name);
  }
  return [...classes.values()];
}

function keepApart(one: TextClass, other: TextClass): boolean {
  one.others.add(other);
  other.others.add(one);
  return one !== other;
}
