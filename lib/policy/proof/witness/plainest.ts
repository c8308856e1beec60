import { inLanguage } from '../decide/text-search';
import type { Model } from '../decide/theory';
import type { CallSpace } from '../encode/call-space';
import { NOON } from '../encode/call-variables';
import { evaluate, type Value } from '../formula/evaluate';
import { atomsOf, type Formula } from '../formula/formula';
import type { Language } from '../formula/variables';
import { callOfModel } from './call-of-model';
import { modelOfCall } from './model-of-call';
import type { Witness } from './witness';

/** Rounds over all variables: the second one simplifies what the first one made possible. */
const ROUNDS = 2;

/** The plainest call near a model for which a formula holds. What is looked at is the call itself, so that it really does what the formula says. */
export function plainestCall(formula: Formula, model: Model, calls: CallSpace, spaced: boolean): Witness {
  const holds = (some: Model): boolean => isTrueOf(formula, callOfModel(some, calls, spaced), calls);
  const { texts } = calls.variables(spaced);
  return callOfModel(plainestModel({ about: [formula], model, holds, languages: texts }), calls, spaced);
}

/** A model that is to become plainer. */
export interface PlainestInput {
  readonly model: Model;
  /** The condition that must stay true. */
  readonly holds: (model: Model) => boolean;
  /** Formulas whose literals are good values. */
  readonly about: readonly Formula[];
  readonly languages: ReadonlyMap<string, Language>;
  /** The name by which the formulas know a variable. @default - its own */
  readonly original?: (name: string) => string;
}

/** Every variable, in alphabetical order, takes the first of its preferred values that leaves true what has to be. */
export function plainestModel({ model, holds, about, languages, original = (name) => name }: PlainestInput): Model {
  const current = new Map(model);
  const literals = literalsOf(about);
  const names = [...current.keys()].filter((name) => !original(name).startsWith('quotient#')).sort();
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const name of names) {
      const value = current.get(name) as Value;
      const known = original(name);
      for (const one of preferredValues(known, value, literals.get(known) ?? [], languages.get(name))) {
        if (one === value) break;
        current.set(name, one);
        if (holds(current)) break;
        current.set(name, value);
      }
    }
  }
  return current;
}

/** Whether a call is one for which a formula holds. */
export function isTrueOf(formula: Formula, { call }: Witness, calls: CallSpace): boolean {
  return evaluate(formula, modelOfCall(call, calls));
}

function preferredValues(
  name: string,
  value: Value,
  literals: readonly string[],
  language: Language | undefined,
): Value[] {
  if (typeof value === 'boolean') return [false];
  if (typeof value === 'bigint') return name === 'now' ? [NOON] : roundNumbers(value);
  const texts = name === 'principal.id' ? ['caller', ...literals] : ['', ...literals, 'x', '["x"]'];
  return texts.filter((text) => language === undefined || inLanguage(language, text));
}

const ROUND = [1n, 10n, 100n, 10_000n, 1_000_000n];

function roundNumbers(value: bigint): bigint[] {
  return [0n, ...ROUND, ...ROUND.map((unit) => value - (value % unit)).reverse()];
}

function literalsOf(formulas: readonly Formula[]): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const atom of formulas.flatMap(atomsOf)) {
    if (atom.kind !== 'text-equals' || atom.other.kind !== 'literal') continue;
    found.set(atom.name, [...(found.get(atom.name) ?? []), atom.other.text].sort());
  }
  return found;
}
