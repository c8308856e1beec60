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

/**
 * The plainest call near a model for which a formula holds: every variable, in alphabetical order, takes the first of its preferred values that
 * leaves the formula true. What is looked at is the call itself, so that the call really does what the formula says.
 */
export function plainestCall(formula: Formula, model: Model, calls: CallSpace, spaced: boolean): Witness {
  const current = new Map(model);
  const languages = calls.variables(spaced).texts;
  const literals = literalsOf(formula);
  const names = [...current.keys()].filter((name) => !name.startsWith('quotient#')).sort();
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const name of names) {
      const value = current.get(name) as Value;
      const better = preferredValues(name, value, literals.get(name) ?? [], languages.get(name));
      for (const one of better) {
        if (one === value) break;
        current.set(name, one);
        if (holds(formula, current, calls, spaced)) break;
        current.set(name, value);
      }
    }
  }
  return callOfModel(current, calls, spaced);
}

/** Whether the call of a model is one for which a formula holds. */
function holds(formula: Formula, model: Model, calls: CallSpace, spaced: boolean): boolean {
  const { call } = callOfModel(model, calls, spaced);
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

function literalsOf(formula: Formula): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const atom of atomsOf(formula)) {
    if (atom.kind !== 'text-equals' || atom.other.kind !== 'literal') continue;
    found.set(atom.name, [...(found.get(atom.name) ?? []), atom.other.text].sort());
  }
  return found;
}
