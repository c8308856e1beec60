import { patternParts } from '../../../contract/cedar-string';
import { decide } from '../../proof/decide/decide';
import { inLanguage } from '../../proof/decide/text-search';
import { Theory } from '../../proof/decide/theory';
import { evaluate } from '../../proof/formula/evaluate';
import { type Formula, Formulas } from '../../proof/formula/formula';
import { patternOfLiteral } from '../../proof/formula/pattern';
import { like, textEquals } from '../../proof/formula/relations';
import type { Language } from '../../proof/formula/variables';
import type { ClaimComparison, ClaimLiteral } from './claim-comparison';

const CLAIM = { kind: 'variable', name: 'claim' } as const;

/** How a claim's text holds several values: as a JSON array, or as words with spaces between them. */
export type Collection = 'array' | 'words';

/** The membership that a person means by a comparison: that these names are among a claim's values. */
export interface MeantMembership {
  /** They hold together: the sides of an `||`. */
  readonly comparisons: readonly ClaimComparison[];
  readonly names: readonly string[];
  readonly collection: Collection;
  readonly language: Language;
}

/** A text of the claim that the comparisons take, and that lacks one of the names. Exact: undefined is a proof, or too many steps. */
export function takenWithout(meant: MeantMembership): string | undefined {
  const formulas = new Formulas();
  return tellingText(meant, formulas.and(taken(formulas, meant), formulas.not(membership(formulas, meant))));
}

/** A text of the claim that has the names, and that the comparisons do not take. Exact as {@link takenWithout}. */
export function missedWith(meant: MeantMembership): string | undefined {
  const formulas = new Formulas();
  return tellingText(meant, formulas.and(membership(formulas, meant), formulas.not(taken(formulas, meant))));
}

/** A text of the language for which a formula holds, best one that people know. */
function tellingText(meant: MeantMembership, formula: Formula): string | undefined {
  const { language } = meant;
  const known = candidates(meant).find((text) => inLanguage(language, text) && evaluate(formula, () => text));
  if (known !== undefined) return known;
  const answer = decide(formula, { texts: new Map([[CLAIM.name, language]]), numbers: new Map() }, new Theory());
  return answer.kind === 'possible' ? (answer.model.get(CLAIM.name) as string | undefined) : undefined;
}

function taken(formulas: Formulas, { comparisons }: MeantMembership): Formula {
  return formulas.or(...comparisons.flatMap((one) => one.literals.map((literal) => atom(formulas, one, literal))));
}

function membership(formulas: Formulas, { names, collection, language }: MeantMembership): Formula {
  return formulas.and(...names.map((name) => isAmong(formulas, name, collection, isSpaced(language))));
}

function isSpaced(language: Language): boolean {
  return language.kind === 'json-array' && language.spaced;
}

function atom(formulas: Formulas, { operator }: ClaimComparison, { text, token }: ClaimLiteral): Formula {
  if (operator === 'like') return like(formulas, CLAIM, patternOfLiteral(token.text));
  return textEquals(formulas, CLAIM, { kind: 'literal', text });
}

/**
 * Whether a name is one of the values. Within an element of an array a quote always stands behind a backslash, so that a comma and a quote begin
 * an element wherever they stand together.
 */
function isAmong(formulas: Formulas, name: string, collection: Collection, spaced: boolean): Formula {
  const any = { kind: 'wildcard' } as const;
  const run = (text: string) => ({ kind: 'run', text }) as const;
  if (collection === 'array') {
    const element = JSON.stringify(name);
    const comma = spaced ? ', ' : ',';
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

/** Texts as people know them. */
function candidates({ names: [name = ''], collection, language }: MeantMembership): string[] {
  const others = [[`super${name}`], [`${name}s`], [`x${name}x`], [name], ['other', name], [`"${name}`]];
  const comma = isSpaced(language) ? ', ' : ',';
  return others.map((values) =>
    collection === 'words' ? values.join(' ') : `[${values.map((value) => JSON.stringify(value)).join(comma)}]`,
  );
}

/** Names that a pattern on an array looks for: its fixed parts, without the signs of JSON. */
export function namesIn(
  { text, token }: ClaimLiteral,
  operator: ClaimComparison['operator'],
  collection: Collection,
): string[] {
  if (operator !== 'like') return [text];
  const runs = patternParts(token.text).filter((part) => part !== '');
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
