import type { Pattern } from '../formula/pattern';
import type { Language } from '../formula/variables';

/** The state from which no text is accepted. */
export const DEAD = -1;

/** Reads a text letter by letter. */
export interface Automaton {
  /** Letters that it tells apart; all others are alike. */
  readonly letters: ReadonlySet<string>;
  readonly start: number;
  step(state: number, letter: string): number;
  accepts(state: number): boolean;
}

/** Accepts what a pattern matches. A state is the set of places in the pattern that the text may have reached. */
export function patternAutomaton(pattern: Pattern): Automaton {
  const items = pattern.flatMap((part) => (part.kind === 'wildcard' ? [undefined] : Array.from(part.text)));
  const states: (readonly number[])[] = [];
  const numbers = new Map<string, number>();
  const numberOf = (places: ReadonlySet<number>): number => {
    const reached = new Set(places);
    for (const place of reached) if (place < items.length && items[place] === undefined) reached.add(place + 1);
    if (reached.size === 0) return DEAD;
    const sorted = [...reached].sort((a, b) => a - b);
    const key = sorted.join();
    const number = numbers.get(key) ?? states.push(sorted) - 1;
    numbers.set(key, number);
    return number;
  };
  return {
    letters: new Set(items.filter((item) => item !== undefined)),
    start: numberOf(new Set([0])),
    step: (state, letter) => {
      const next = new Set<number>();
      for (const place of states[state] ?? []) {
        if (place < items.length && items[place] === undefined) next.add(place);
        else if (items[place] === letter) next.add(place + 1);
      }
      return numberOf(next);
    },
    accepts: (state) => states[state]?.includes(items.length) ?? false,
  };
}

/** Accepts the texts of a language; undefined for the language of all texts. */
export function languageAutomaton(language: Language): Automaton | undefined {
  switch (language.kind) {
    case 'any':
      return undefined;
    case 'listed':
      return listAutomaton(language.values);
    case 'json-array':
      return tableAutomaton(jsonArray(language.spaced));
  }
}

/** Accepts the texts of a list. A state is a beginning of one of them. */
function listAutomaton(values: readonly string[]): Automaton {
  const beginnings = [
    ...new Set(values.flatMap((value) => Array.from(value).map((_, end, all) => all.slice(0, end + 1).join('')))),
  ];
  const states = ['', ...beginnings];
  const numbers = new Map(states.map((text, number) => [text, number]));
  return {
    letters: new Set(values.flatMap((value) => Array.from(value))),
    start: 0,
    step: (state, letter) => numbers.get(`${states[state]}${letter}`) ?? DEAD,
    accepts: (state) => values.includes(states[state] as string),
  };
}

/** Where each letter leads; `''` stands for every letter that is not named and is no control character. */
type Table = Readonly<Record<string, Readonly<Record<string, string>>>>;

function tableAutomaton(table: Table): Automaton {
  const names = Object.keys(table);
  const numbers = new Map(names.map((name, number) => [name, number]));
  return {
    letters: new Set(Object.values(table).flatMap((row) => Object.keys(row).filter((letter) => letter !== ''))),
    start: 0,
    step: (state, letter) => {
      const row = table[names[state] as string] ?? {};
      const next = row[letter] ?? (letter < ' ' ? undefined : row['']);
      return (next === undefined ? undefined : numbers.get(next)) ?? DEAD;
    },
    accepts: (state) => names[state] === 'end',
  };
}

/** JSON of an array of texts as `JSON.stringify` writes it. Source: ECMA-262, QuoteJSONString, with well-formed surrogates. */
function jsonArray(spaced: boolean): Table {
  return {
    start: { '[': 'first' },
    first: { ']': 'end', '"': 'text' },
    text: { '"': 'after', '\\': 'escape', '': 'text' },
    escape: { ...to('text', '"\\bfnrt'), u: 'u' },
    u: { '0': 'u0', d: 'ud' },
    u0: { '0': 'u00' },
    u00: { '0': 'u000', '1': 'last' },
    u000: to('text', '01234567bef'),
    ud: to('ud8', '89abcdef'),
    ud8: to('last', '0123456789abcdef'),
    last: to('text', '0123456789abcdef'),
    after: { ']': 'end', ',': 'comma' },
    comma: spaced ? { ' ': 'next' } : { '"': 'text' },
    next: { '"': 'text' },
    end: {},
  };
}

function to(state: string, letters: string): Record<string, string> {
  return Object.fromEntries(Array.from(letters).map((letter) => [letter, state]));
}
