import { InputError } from '../../../contract/arguments/cedar-input';
import { inLanguage } from '../decide/text-search';
import type { CallSpace } from '../encode/call-space';
import type { Value } from '../formula/evaluate';
import { atomsOf, type Formula } from '../formula/formula';
import { withWildcards } from '../formula/pattern';
import { callOfModel } from './call-of-model';
import { isExact } from './exact-numbers';
import type { Witness } from './witness';

/** Calls with which a proof about one tool is attacked; fewer where there are fewer. */
const CALLS = 200;

/**
 * Calls near what a formula asks for, the same ones each time and none twice: every variable takes values on both sides of what it is compared
 * with. A proof that one of them contradicts is an error of the library.
 */
export function attackingCalls(formula: Formula, calls: CallSpace): Witness[] {
  const near = [...candidatesOf(formula)].sort(([a], [b]) => (a < b ? -1 : 1));
  const plain = possible(near, calls, false);
  const spaced = possible(near, calls, true);
  const random = generator();
  const hasSpelling = calls.dependsOnSpacing(formula);
  const tried = new Set<string>();
  return Array.from({ length: CALLS }, (_, index) => {
    const isSpaced = hasSpelling && index % 2 === 1;
    const chosen = (isSpaced ? spaced : plain).map(([name, values]) => [name, values, random(values.length)] as const);
    const key = `${isSpaced}${chosen.map(([, , choice]) => choice).join()}`;
    if (tried.has(key)) return [];
    tried.add(key);
    return callsOf(new Map(chosen.map(([name, values, choice]) => [name, values[choice] as Value])), calls, isSpaced);
  }).flat();
}

/**
 * Candidates that callers can have: what a claim's language leaves out is in no token, a time beyond the year 9999 and a number that JSON does not
 * carry are in no call, and so they prove nothing. A claim that has a list of values takes each of them as well; of a variable without a candidate
 * nothing is said, and the call takes its plainest value.
 */
function possible(near: readonly [string, Value[]][], calls: CallSpace, spaced: boolean): [string, Value[]][] {
  const { texts, numbers } = calls.variables(spaced);
  return near.flatMap(([name, values]): [string, Value[]][] => {
    const range = numbers.get(name);
    if (range !== undefined) {
      const left = values.filter(
        (value) =>
          typeof value === 'bigint' && range.low <= value && value <= range.high && isExact(new Map([[name, value]])),
      );
      return left.length === 0 ? [] : [[name, left]];
    }
    const language = texts.get(name);
    if (language === undefined) return [[name, values]];
    const listed = language.kind === 'listed' ? language.values : [];
    const left = [...new Set([...values, ...listed])].filter(
      (value) => typeof value !== 'string' || inLanguage(language, value),
    );
    return left.length === 0 ? [] : [[name, left]];
  });
}

/** The call of a model; none where an array claim got a text that is no array, or where a tool cannot be called like that. */
function callsOf(model: ReadonlyMap<string, Value>, calls: CallSpace, spaced: boolean): Witness[] {
  try {
    return [callOfModel(model, calls, spaced)];
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof InputError) return [];
    throw error;
  }
}

function candidatesOf(formula: Formula): ReadonlyMap<string, Value[]> {
  const found = new Map<string, Value[]>();
  const add = (name: string, ...values: readonly Value[]): void => {
    found.set(name, [...new Set([...(found.get(name) ?? []), ...values])]);
  };
  for (const atom of atomsOf(formula)) {
    switch (atom.kind) {
      case 'boolean':
        add(atom.name, true, false);
        break;
      case 'text-equals':
        if (atom.other.kind === 'literal')
          add(atom.name, '', 'x', atom.other.text, `x${atom.other.text}x`, JSON.stringify([atom.other.text]));
        else for (const name of [atom.name, atom.other.name]) add(name, '', 'x');
        break;
      case 'like': {
        const bare = withWildcards(atom.pattern, '');
        const inside = bare.replaceAll(/["[\]]/gu, '');
        add(
          atom.name,
          '',
          bare,
          withWildcards(atom.pattern, 'x'),
          JSON.stringify([inside]),
          JSON.stringify([`x${inside}x`, inside]),
          '[]',
        );
        break;
      }
      default:
        for (const [name, coefficient] of atom.linear.terms) {
          const limit = -atom.linear.constant / coefficient;
          add(name, 0n, limit - 1n, limit, limit + 1n);
        }
    }
  }
  return found;
}

/** Whole numbers below a bound, the same ones each time. Source: S. Vigna, "SplitMix", as 32-bit variant. */
function generator(): (below: number) => number {
  let state = 0x9e37_79b9;
  return (below) => {
    state = (state + 0x6d2b_79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}
