import type { ToolSchema } from '../schema/schema-json';

/** What a request is before anybody knows claims, arguments and time. */
export interface Cell {
  readonly tool: ToolSchema;
  readonly principalType: string;
  readonly gatewayArn: string;
}

/** Stands for every text and entity that no policy names. */
export const OTHER = Symbol('other');

/** A value of a term that stands for all values which no test tells from it. */
export type Sample = boolean | bigint | string | typeof OTHER;

/** A question about one term, which is an expression that has one value in a request, such as a claim. */
export interface Test {
  readonly kind: 'test';
  readonly term: string;
  /** One value at least for each answer that the test can give. */
  readonly samples: readonly Sample[];
  /** The answer, or what else it depends on. */
  readonly holds: (sample: Sample) => boolean | Test;
}

/** What a policy asks of a request, in two-valued logic: only where no policy errs. */
export type Formula =
  | Test
  | { readonly kind: 'and' | 'or'; readonly parts: readonly Formula[] }
  | { readonly kind: 'not'; readonly part: Formula }
  /** What types alone may settle; else the test. */
  | { readonly kind: 'typed'; readonly value: (cell: Cell) => boolean | undefined; readonly otherwise: Formula };

export function not(part: Formula): Formula {
  return { kind: 'not', part };
}

export function allOf(...parts: readonly Formula[]): Formula {
  return { kind: 'and', parts };
}

export function anyOf(...parts: readonly Formula[]): Formula {
  return { kind: 'or', parts };
}

/**
 * Whether some request of a cell can make a formula true. Terms are taken to vary freely, so that `false` is certain while
 * `true` may rest on values that never meet. Undefined when the answer takes more than `effort` steps.
 */
export function isSatisfiable(formula: Formula, cell: Cell, effort: number): boolean | undefined {
  const search = new Search(formula, cell, effort);
  return search.run();
}

type Known = Map<string, Sample>;

class Search {
  private readonly samples: ReadonlyMap<string, ReadonlySet<Sample>>;
  private readonly known: Known = new Map();

  constructor(
    private readonly formula: Formula,
    private readonly cell: Cell,
    private effort: number,
  ) {
    this.samples = samplesOf(formula);
  }

  /** Tries the samples of one undecided term after the other, as far as they matter. */
  run(): boolean | undefined {
    const value = this.evaluate(this.formula);
    if (typeof value === 'boolean') return value;
    if (this.effort <= 0) return undefined;
    for (const sample of this.samples.get(value.term) ?? value.samples) {
      this.known.set(value.term, sample);
      const found = this.run();
      this.known.delete(value.term);
      if (found !== false) return found;
    }
    return false;
  }

  /** The value, or a test on which it depends. */
  private evaluate(formula: Formula): boolean | Test {
    this.effort -= 1;
    switch (formula.kind) {
      case 'test':
        return this.answer(formula);
      case 'not': {
        const value = this.evaluate(formula.part);
        return typeof value === 'boolean' ? !value : value;
      }
      case 'typed':
        return formula.value(this.cell) ?? this.evaluate(formula.otherwise);
      case 'and':
      case 'or': {
        const decisive = formula.kind === 'or';
        let open: Test | undefined;
        for (const part of formula.parts) {
          const value = this.evaluate(part);
          if (value === decisive) return decisive;
          if (typeof value !== 'boolean') open ??= value;
        }
        return open ?? !decisive;
      }
    }
  }

  private answer(test: Test): boolean | Test {
    const sample = this.known.get(test.term);
    if (sample === undefined) return test;
    const answer = test.holds(sample);
    return typeof answer === 'boolean' ? answer : this.answer(answer);
  }
}

const collected = new WeakMap<Formula, ReadonlyMap<string, ReadonlySet<Sample>>>();

/** The samples that all tests of a term need together. */
function samplesOf(formula: Formula): ReadonlyMap<string, ReadonlySet<Sample>> {
  const remembered = collected.get(formula);
  if (remembered !== undefined) return remembered;
  const found = new Map<string, Set<Sample>>();
  const add = (term: string, samples: Iterable<Sample>): void => {
    const known = found.get(term) ?? new Set();
    for (const sample of samples) known.add(sample);
    found.set(term, known);
  };
  if (formula.kind === 'test') add(formula.term, formula.samples);
  else for (const part of partsOf(formula)) for (const [term, samples] of samplesOf(part)) add(term, samples);
  collected.set(formula, found);
  return found;
}

function partsOf(formula: Exclude<Formula, Test>): readonly Formula[] {
  if (formula.kind === 'not') return [formula.part];
  return formula.kind === 'typed' ? [formula.otherwise] : formula.parts;
}

/** What types settle in a formula for a cell; formulas of equal text are equal for both cells. */
export function signature(formula: Formula, cell: Cell): string {
  switch (formula.kind) {
    case 'test':
      return '';
    case 'typed':
      return `${formula.value(cell) ?? '?'};${signature(formula.otherwise, cell)}`;
    default:
      return partsOf(formula)
        .map((part) => signature(part, cell))
        .join('');
  }
}
