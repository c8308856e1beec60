import { isDeepStrictEqual } from 'node:util';
import { type Formula, type Formulas, namesIn } from '../formula/formula';
import { type Linear, variable } from '../formula/linear';
import type { Language, NumberRange, Variables } from '../formula/variables';
import { always } from './alternatives';
import { SetArguments } from './set-arguments';
import type { NumberKind, Optional, SymbolicValue } from './symbolic-value';

/** Bounds of Cedar's numbers: 64 bits. */
export const LEAST = -(2n ** 63n);
export const GREATEST = 2n ** 63n - 1n;
/** Years 0 to 9999, in milliseconds since 1970. */
const TIMES = [-62_167_219_200_000n, 253_402_300_799_999n] as const;
/** Values of arguments. A duration of JSON Schema has no sign. */
const RANGES = {
  long: [LEAST, GREATEST],
  decimal: [LEAST, GREATEST],
  datetime: TIMES,
  duration: [0n, GREATEST],
} as const;
/** Noon of 1 January 2026: a time that examples name, so that no answer depends on the day. */
export const NOON = BigInt(Date.UTC(2026, 0, 1, 12));

/** Variables of calls, the values that they may have, and what is known of them together. */
export class CallVariables {
  readonly sets: SetArguments;
  /** Variables that stand for expressions whose inside is not looked at, with the reason. */
  readonly opaque = new Map<string, string>();
  /** Variables that stand for a whole-number quotient. */
  readonly quotients = new Map<string, { readonly of: Linear; readonly by: bigint }>();
  private readonly texts = new Map<string, Language>();
  private readonly spacedTexts = new Map<string, Language>();
  /** Texts that rest on how arrays are written. */
  private readonly spellable = new Set<string>();
  private readonly numbers = new Map<string, NumberRange>();
  private readonly facts = new Map<string, () => Formula>();

  constructor(readonly formulas: Formulas) {
    this.sets = new SetArguments(formulas);
  }

  /** A text variable. @param spaced its texts when arrays are written with spaces */
  text(name: string, language: Language = { kind: 'any' }, spaced = language): SymbolicValue {
    this.texts.set(name, language);
    this.spacedTexts.set(name, spaced);
    if (!isDeepStrictEqual(language, spaced)) this.spellable.add(name);
    return { kind: 'text', texts: always(this.formulas, { kind: 'variable', name }) };
  }

  /** A number variable within the bounds of its kind. */
  number(name: string, kind: NumberKind): SymbolicValue {
    const [low, high] = RANGES[kind];
    this.numbers.set(name, { low, high, preferred: kind === 'datetime' ? NOON : 0n });
    return { kind, numbers: always(this.formulas, variable(name)) };
  }

  /** The variable for the whole-number quotient `of / by`, rounded down: one, however often it is asked for. */
  quotient(of: Linear, by: bigint, isQuotient: (quotient: Linear) => Formula): Linear {
    for (const [known, quotient] of this.quotients) {
      if (quotient.by === by && isDeepStrictEqual(quotient.of, of)) return variable(known);
    }
    const name = `quotient#${this.quotients.size}`;
    this.quotients.set(name, { of, by });
    this.numbers.set(name, { low: LEAST, high: GREATEST, preferred: 0n });
    this.knows(name, () => isQuotient(variable(name)));
    return variable(name);
  }

  /** Something that holds in every call, to be remembered whenever a formula names the variable. */
  knows(name: string, fact: () => Formula): void {
    this.facts.set(name, fact);
  }

  certain(value: SymbolicValue): Optional {
    return { present: this.formulas.true, value };
  }

  /**
   * The variable that stands for an expression whose inside is not looked at. Equal expressions have equal values; those with a number that
   * Cedar's JSON form has rounded may be different ones that only look alike.
   */
  opaqueName(expression: string, reason: string): string {
    const name = /\d{16}/u.test(expression) ? `opaque${this.opaque.size}:${expression}` : `opaque:${expression}`;
    this.opaque.set(name, reason);
    return name;
  }

  /** A formula with everything that is known of its variables. */
  withFacts(formula: Formula): Formula {
    const found = new Map<string, Formula>();
    const open = [formula];
    for (let part = open.pop(); part !== undefined; part = open.pop()) {
      for (const name of namesIn(part)) {
        const fact = found.has(name) ? undefined : (this.facts.get(name) ?? this.sets.factAbout(name))?.();
        if (fact === undefined) continue;
        found.set(name, fact);
        open.push(fact);
      }
    }
    return this.formulas.and(formula, ...found.values());
  }

  /** @param spaced whether claims that are arrays have a space after each comma */
  variables(spaced: boolean): Variables {
    return { texts: spaced ? this.spacedTexts : this.texts, numbers: this.numbers };
  }

  /** Whether a formula rests on how arrays are written. */
  dependsOnSpacing(formula: Formula): boolean {
    return namesIn(formula).some((name) => this.spellable.has(name));
  }
}
