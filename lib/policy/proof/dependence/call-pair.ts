import type { ToolSchema } from '../../schema/schema-json';
import type { Model } from '../decide/theory';
import type { CallSpace } from '../encode/call-space';
import type { Formula } from '../formula/formula';
import { renamed } from '../formula/rename';
import type { Variables } from '../formula/variables';
import type { Prover } from '../prover';
import { callOfModel } from '../witness/call-of-model';
import { isTrueOf, plainestModel } from '../witness/plainest';
import type { Witness } from '../witness/witness';
import { type CallPart, isReadBy } from './call-part';

/** Two calls that differ in one part only. */
export interface CallPair {
  readonly first: Witness;
  readonly second: Witness;
}

/** Whether there is such a pair, and which. */
export type PairAnswer =
  | { readonly kind: 'never' }
  | { readonly kind: 'undecided' }
  | { readonly kind: 'possible'; readonly pair: CallPair };

/** A pair of calls to look for: one formula holds for the first, the other for the second. */
export interface PairQuestion {
  readonly tool: ToolSchema;
  readonly part: CallPart;
  readonly first: Formula;
  readonly second: Formula;
}

/** The plainest two calls that differ in one part only and are of different kinds; a pair with numbers beyond 2^53 is none. */
export function findPair(prover: Prover, question: PairQuestion): PairAnswer {
  const { tool, first, second } = question;
  const pairs = new Pairs(prover.calls(tool), question.part);
  const answer = prover.solveOver(pairs.both(first, second), tool, (spaced) => pairs.variables(spaced));
  if (answer.kind === 'never') return answer;
  if (answer.kind === 'undecided' || answer.beyondJson) return { kind: 'undecided' };
  const { model, spaced } = answer;
  const holds = (some: Model): boolean => {
    const pair = pairs.of(some, spaced);
    return isTrueOf(first, pair.first, pairs.calls) && isTrueOf(second, pair.second, pairs.calls);
  };
  const about = [first, second];
  const plainest = plainestModel({ about, model, holds, languages: pairs.variables(spaced).texts, original });
  return { kind: 'possible', pair: pairs.of(plainest, spaced) };
}

const SECOND = 'second:';

/** The variable of the first call that a variable of the second one stands for. */
function original(name: string): string {
  return name.startsWith(SECOND) ? name.slice(SECOND.length) : name;
}

/** Pairs of calls as variables: those of the first call, and new ones for whatever may differ in the second. */
class Pairs {
  constructor(
    readonly calls: CallSpace,
    private readonly part: CallPart,
  ) {}

  both(first: Formula, second: Formula): Formula {
    const { calls } = this;
    const { formulas } = calls;
    return formulas.and(
      calls.withFacts(first),
      renamed(calls.withFacts(second), (name) => this.inSecond(name), formulas),
    );
  }

  variables(spaced: boolean): Variables {
    const { texts, numbers } = this.calls.variables(spaced);
    const twice = <T>(values: ReadonlyMap<string, T>): ReadonlyMap<string, T> =>
      new Map([...values, ...[...values].map(([name, value]) => [this.inSecond(name), value] as const)]);
    return { texts: twice(texts), numbers: twice(numbers) };
  }

  of(model: Model, spaced: boolean): CallPair {
    const own = [...model].filter(([name]) => original(name) === name);
    const others = [...model].filter(([name]) => original(name) !== name);
    const second = [...own, ...others.map(([name, value]) => [original(name), value] as const)];
    return {
      first: callOfModel(new Map(own), this.calls, spaced),
      second: callOfModel(new Map(second), this.calls, spaced),
    };
  }

  private inSecond(name: string): string {
    return isReadBy(this.part, name, this.calls) ? `${SECOND}${name}` : name;
  }
}
