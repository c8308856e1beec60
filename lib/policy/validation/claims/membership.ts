import { decide } from '../../proof/decide/decide';
import { inLanguage } from '../../proof/decide/text-search';
import { Theory } from '../../proof/decide/theory';
import { evaluate } from '../../proof/formula/evaluate';
import { type Formula, Formulas } from '../../proof/formula/formula';
import type { Pattern, PatternPart } from '../../proof/formula/pattern';
import { like, textEquals } from '../../proof/formula/relations';
import type { Language } from '../../proof/formula/variables';
import type { ClaimComparison } from './claim-comparison';

const CLAIM = { kind: 'variable', name: 'claim' } as const;

/** How a claim's text holds several values: as a JSON array, or as words with spaces between them. */
export type Collection = 'array' | 'words';

/** Texts of a claim that tell a comparison from membership in the collection. */
export interface Telling {
  /** A text that the comparison takes, and whose elements are all others. */
  readonly tooMuch?: string;
  /** A text that has the element, and that the comparison does not take. */
  readonly missed?: string;
}

/**
 * Compares what comparisons hold of a claim with what a person means by them: that these names are among its values. Exact for every text of the
 * claim's language.
 */
export function telling(
  comparisons: readonly ClaimComparison[],
  names: readonly string[],
  collection: Collection,
  language: Language,
): Telling {
  const formulas = new Formulas();
  const holds = formulas.or(...comparisons.flatMap((one) => one.literals.map(({ text }) => atom(formulas, one, text))));
  const isSpaced = language.kind === 'json-array' && language.spaced;
  const member = formulas.and(...names.map((name) => membership(formulas, name, collection, isSpaced)));
  const search = new Search(language, candidates(names[0] ?? '', collection, isSpaced));
  const tooMuch = search.text(formulas.and(holds, formulas.not(member)));
  const missed = search.text(formulas.and(member, formulas.not(holds)));
  return { ...(tooMuch === undefined ? {} : { tooMuch }), ...(missed === undefined ? {} : { missed }) };
}

function atom(formulas: Formulas, { operator }: ClaimComparison, text: string): Formula {
  if (operator === 'like') return like(formulas, CLAIM, patternOfText(text));
  return textEquals(formulas, CLAIM, { kind: 'literal', text });
}

/** The pattern that a literal behind `like` means. @param text without quotes, an asterisk that stands for itself as `\*` */
export function patternOfText(text: string): Pattern {
  const parts: PatternPart[] = [];
  for (const [piece] of text.matchAll(/\\\*|\*|[^\\*]+|\\/gu)) {
    const last = parts.at(-1);
    if (piece === '*') {
      if (last?.kind !== 'wildcard') parts.push({ kind: 'wildcard' });
      continue;
    }
    const run = piece === '\\*' ? '*' : piece;
    if (last?.kind === 'run') parts[parts.length - 1] = { kind: 'run', text: last.text + run };
    else parts.push({ kind: 'run', text: run });
  }
  return parts;
}

/**
 * Whether a name is one of the values. Within an element of an array a quote always stands behind a backslash, so that a comma and a quote begin
 * an element wherever they stand together.
 */
function membership(formulas: Formulas, name: string, collection: Collection, isSpaced: boolean): Formula {
  const any = { kind: 'wildcard' } as const;
  const run = (text: string) => ({ kind: 'run', text }) as const;
  if (collection === 'array') {
    const element = JSON.stringify(name);
    const comma = isSpaced ? ', ' : ',';
    return formulas.or(
      like(formulas, CLAIM, [run(`[${element}`), any]),
      like(formulas, CLAIM, [any, run(`${comma}${element}`), any]),
    );
  }
  return formulas.or(
    textEquals(formulas, CLAIM, { kind: 'literal', text: name }),
    like(formulas, CLAIM, [run(`${name} `), any]),
    like(formulas, CLAIM, [any, run(` ${name}`)]),
    like(formulas, CLAIM, [any, run(` ${name} `), any]),
  );
}

/** Texts as people know them, tried before any other. */
function candidates(name: string, collection: Collection, isSpaced: boolean): string[] {
  const others = [[`super${name}`], [`${name}s`], [`x${name}x`], [name], ['other', name], [`"${name}`]];
  return others.map((values) =>
    collection === 'words'
      ? values.join(' ')
      : `[${values.map((value) => JSON.stringify(value)).join(isSpaced ? ', ' : ',')}]`,
  );
}

class Search {
  private readonly theory = new Theory();

  constructor(
    private readonly language: Language,
    private readonly known: readonly string[],
  ) {}

  /** A text of the language for which a formula holds. */
  text(formula: Formula): string | undefined {
    const holds = (text: string): boolean => inLanguage(this.language, text) && evaluate(formula, () => text);
    const texts = new Map([[CLAIM.name, this.language]]);
    const answer = decide(formula, { texts, numbers: new Map() }, this.theory);
    if (answer.kind !== 'possible') return undefined;
    return this.known.find(holds) ?? (answer.model.get(CLAIM.name) as string | undefined);
  }
}

/** Names that a pattern on an array looks for: its fixed parts, without the signs of JSON. */
export function namesIn(text: string, operator: ClaimComparison['operator'], collection: Collection): string[] {
  if (operator !== 'like') return [text];
  const runs = patternOfText(text).flatMap((part) => (part.kind === 'run' ? [part.text] : []));
  if (collection === 'words') return runs.map((run) => run.trim()).filter((run) => run !== '' && !run.includes(' '));
  return runs
    .flatMap((run) => run.split(/",\s*"/u))
    .map((run) => run.replace(/^[[,\s]*"?/u, '').replace(/"?[\],\s]*$/u, ''))
    .filter((run) => run !== '')
    .map(plain);
}

function plain(text: string): string {
  try {
    return JSON.parse(`"${text}"`) as string;
  } catch {
    return text;
  }
}
