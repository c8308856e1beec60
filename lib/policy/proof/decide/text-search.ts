import { matchesPattern, type Pattern, withWildcards } from '../formula/pattern';
import type { Language } from '../formula/variables';
import { type Automaton, DEAD, languageAutomaton, patternAutomaton } from './automata';
import type { Steps } from './steps';

/** What a text has to be. */
export interface TextConstraints {
  readonly like: readonly Pattern[];
  readonly unlike: readonly Pattern[];
  readonly languages: readonly Language[];
  readonly excluded: ReadonlySet<string>;
}

/** Finds texts. Results are kept, since the same few patterns are asked for again and again. */
export class TextSearch {
  private readonly found = new Map<string, readonly string[]>();

  /** Up to `count` texts that meet the constraints; fewer only if there are no more. */
  find(constraints: TextConstraints, count: number, steps: Steps): readonly string[] {
    const { like, unlike, languages, excluded } = constraints;
    const key = JSON.stringify([count, like, unlike, languages, [...excluded].sort()]);
    const known = this.found.get(key);
    if (known !== undefined) return known;
    const texts = this.contradicts(constraints, steps) ? [] : search(constraints, count, steps);
    this.found.set(key, texts);
    return texts;
  }

  /** Whether two of several patterns exclude each other: most contradictions are pairs, and a product of all is costly. */
  private contradicts(constraints: TextConstraints, steps: Steps): boolean {
    const { like, unlike } = constraints;
    if (like.length + unlike.length <= 2) return false;
    const pairs = like.flatMap((pattern, index) => [
      ...like.slice(index + 1).map((other) => ({ like: [pattern, other], unlike: [] })),
      ...unlike.map((other) => ({ like: [pattern], unlike: [other] })),
    ]);
    return pairs.some((pair) => this.find({ ...constraints, ...pair, excluded: new Set() }, 1, steps).length === 0);
  }
}

/** Whether a text meets the constraints. */
export function fits({ like, unlike, languages, excluded }: TextConstraints, text: string): boolean {
  return (
    !excluded.has(text) &&
    languages.every((language) => inLanguage(language, text)) &&
    like.every((pattern) => matchesPattern(pattern, text)) &&
    !unlike.some((pattern) => matchesPattern(pattern, text))
  );
}

export function inLanguage(language: Language, text: string): boolean {
  const automaton = languageAutomaton(language);
  if (automaton === undefined) return true;
  let state = automaton.start;
  for (const letter of text) {
    state = automaton.step(state, letter);
    if (state === DEAD) return false;
  }
  return automaton.accepts(state);
}

function search(constraints: TextConstraints, count: number, steps: Steps): readonly string[] {
  const guessed = [...new Set(guesses(constraints))].filter((text) => fits(constraints, text));
  return guessed.length >= count ? guessed.slice(0, count) : shortest(constraints, count, steps);
}

/** Texts worth a try before any search: what the patterns themselves say, put together as the language does it. */
function guesses({ like, languages }: TextConstraints): string[] {
  const pieces = like.map((pattern) => withWildcards(pattern, ''));
  const array = languages.find((language) => language.kind === 'json-array');
  if (array !== undefined) {
    const inner = [...new Set(pieces.map((piece) => piece.replaceAll(/["[\]]/gu, '')))];
    const arrays = [
      inner,
      [inner.join('')],
      [...inner, 'x'],
      ...inner.map((one) => [`x${one}x`]),
      inner.map((one) => `x${one}`),
      ['x'],
      [],
      ['x', 'y'],
    ];
    return arrays.map((values) => jsonOf(values, array.spaced));
  }
  const listed = languages.flatMap((language) => (language.kind === 'listed' ? language.values : []));
  const padded = like.map((pattern) => withWildcards(pattern, 'x'));
  return [...listed, ...pieces, pieces.join(''), ...padded, padded.join('x'), '', 'x', 'y', 'xx', 'xy', 'z'];
}

/** JSON of an array of texts, in one of the spellings of {@link Language}. */
export function jsonOf(values: readonly string[], spaced: boolean): string {
  return `[${values.map((value) => JSON.stringify(value)).join(spaced ? ', ' : ',')}]`;
}

interface Node {
  readonly states: readonly number[];
  readonly text: string;
}

/** The shortest texts that meet the constraints, by a breadth-first walk through the product of all automata. */
function shortest({ like, unlike, languages, excluded }: TextConstraints, count: number, steps: Steps): string[] {
  const accepting = [
    ...languages.flatMap((language) => languageAutomaton(language) ?? []),
    ...like.map(patternAutomaton),
  ];
  const refusing = unlike.map(patternAutomaton);
  const automata = [...accepting, ...refusing];
  const alphabet = alphabetOf(automata, excluded);
  const texts: string[] = [];
  // A place is worth as many visits as texts are looked for, those included that are excluded.
  const visits = new Map<string, number>();
  const wanted = count + excluded.size;
  let nodes: Node[] = [{ states: automata.map(({ start }) => start), text: '' }];
  while (nodes.length > 0) {
    const next: Node[] = [];
    for (const { states, text } of nodes) {
      const isAccepted = automata.every(
        (automaton, index) => automaton.accepts(states[index] as number) === index < accepting.length,
      );
      if (isAccepted && !excluded.has(text) && texts.push(text) >= count) return texts;
      for (const letter of alphabet) {
        steps.take(automata.length);
        const reached = automata.map((automaton, index) => stepOf(automaton, states[index] as number, letter));
        if (reached.some((state, index) => state === DEAD && index < accepting.length)) continue;
        const key = reached.join();
        const visit = (visits.get(key) ?? 0) + 1;
        if (visit > wanted) continue;
        visits.set(key, visit);
        next.push({ states: reached, text: text + letter });
      }
    }
    nodes = next;
  }
  return texts;
}

function stepOf(automaton: Automaton, state: number, letter: string): number {
  return state === DEAD ? DEAD : automaton.step(state, letter);
}

/** Letters that some automaton or excluded text names, and first one that none does: it stands for all the others. */
function alphabetOf(automata: readonly Automaton[], excluded: ReadonlySet<string>): string[] {
  const named = new Set([
    ...automata.flatMap(({ letters }) => [...letters]),
    ...[...excluded].flatMap((text) => Array.from(text)),
  ]);
  const other = Array.from('xyzabcdefghijklmnopqrstuvwXYZ').find((letter) => !named.has(letter)) ?? unusual(named);
  return [other, ...named];
}

function unusual(named: ReadonlySet<string>): string {
  let code = 0xe000;
  while (named.has(String.fromCodePoint(code))) code += 1;
  return String.fromCodePoint(code);
}
