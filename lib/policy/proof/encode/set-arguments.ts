import type { CedarType } from '../../../contract/arguments/cedar-type';
import type { Formula, Formulas } from '../formula/formula';
import { textEquals } from '../formula/relations';
import { always, some } from './alternatives';
import { literalText, type SymbolicValue, Unsupported } from './symbolic-value';

/** What the variables of one argument say. The Booleans are free but for {@link SetArguments.factAbout}. */
interface SetArgument {
  readonly name: string;
  readonly element: CedarType;
  /** Elements that some policy asks for, by key. */
  readonly asked: Map<string, SymbolicValue>;
  /** Lists of elements beside which some policy asks for others, by the name of the Boolean. */
  readonly rests: Map<string, readonly string[]>;
}

/** What a variable about a set is: whether it has an element, has any, or has one beside those of a list. */
export type SetVariable =
  | { readonly kind: 'has'; readonly set: string; readonly key: string }
  | { readonly kind: 'some'; readonly set: string }
  | { readonly kind: 'rest'; readonly set: string; readonly except: readonly string[] };

/** Arguments that are arrays: one Boolean for each element that some policy names, and two for the others. */
export class SetArguments {
  /** Variables by name. */
  readonly variables = new Map<string, SetVariable>();
  private readonly sets = new Map<string, SetArgument>();

  constructor(private readonly formulas: Formulas) {}

  argument(name: string, element: CedarType): SymbolicValue {
    if (!this.sets.has(name)) this.sets.set(name, { name, element, asked: new Map(), rests: new Map() });
    return { kind: 'set', sets: always(this.formulas, { kind: 'argument', name }) };
  }

  /** Elements of a set that policies ask for, by key. */
  askedOf(name: string): ReadonlyMap<string, SymbolicValue> {
    return this.sets.get(name)?.asked ?? new Map();
  }

  /** Whether the set has an element. */
  has(name: string, element: SymbolicValue): Formula {
    const key = keyOf(element);
    if (key === undefined) throw new Unsupported('an element of an array argument that is computed');
    this.sets.get(name)?.asked.set(key, element);
    return this.variable({ kind: 'has', set: name, key });
  }

  /** Whether the set has any element. */
  hasSome(name: string): Formula {
    return this.variable({ kind: 'some', set: name });
  }

  /** Whether the set has an element beside some. */
  hasBeside(name: string, elements: readonly SymbolicValue[]): Formula {
    const has = elements.map((element) => [keyOf(element), this.has(name, element)] as const);
    const except = has.flatMap(([key]) => key ?? []).sort();
    const variable: SetVariable = { kind: 'rest', set: name, except };
    this.sets.get(name)?.rests.set(nameOf(variable), except);
    return this.variable(variable);
  }

  /** What the Booleans of a set have to do with each other, for a variable that is one of them. */
  factAbout(variable: string): (() => Formula) | undefined {
    const set = this.sets.get(this.variables.get(variable)?.set ?? '');
    return set === undefined ? undefined : () => this.facts(set);
  }

  private facts(set: SetArgument): Formula {
    const { formulas } = this;
    const asked = [...set.asked].sort(([a], [b]) => (a < b ? -1 : 1));
    const has = (key: string): Formula => this.variable({ kind: 'has', set: set.name, key });
    const unasked = this.variable({ kind: 'rest', set: set.name, except: asked.map(([key]) => key) });
    const facts: Formula[] = [
      formulas.iff(this.hasSome(set.name), formulas.or(unasked, ...asked.map(([key]) => has(key)))),
    ];
    for (const [index, [key, element]] of asked.entries()) {
      for (const [other, another] of asked.slice(index + 1)) {
        facts.push(formulas.implies(this.same(element, another), formulas.iff(has(key), has(other))));
      }
    }
    for (const [name, except] of set.rests) {
      const others = asked.map(([key, element]) => {
        const isOther = except.map((one) =>
          formulas.not(one === key ? formulas.true : this.same(element, set.asked.get(one))),
        );
        return formulas.and(has(key), ...isOther);
      });
      facts.push(formulas.iff(formulas.boolean(name), formulas.or(unasked, ...others)));
    }
    const isComplete = set.element.kind === 'bool' && asked.length === 2;
    return formulas.and(...facts, isComplete ? formulas.not(unasked) : formulas.true);
  }

  /** Elements with different keys are equal only as texts of which one is a variable. */
  private same(a: SymbolicValue, b: SymbolicValue | undefined): Formula {
    const { formulas } = this;
    if (a.kind !== 'text' || b?.kind !== 'text') return formulas.false;
    return some(formulas, a.texts, (x) => some(formulas, b.texts, (y) => textEquals(formulas, x, y)));
  }

  private variable(variable: SetVariable): Formula {
    const name = nameOf(variable);
    this.variables.set(name, variable);
    return this.formulas.boolean(name);
  }
}

function nameOf(variable: SetVariable): string {
  return `set${JSON.stringify([variable.set, variable.kind, 'key' in variable ? variable.key : '', 'except' in variable ? variable.except : []])}`;
}

/** Tells elements apart: equal for equal literals, and one for each text variable. Undefined for anything else. */
function keyOf(element: SymbolicValue): string | undefined {
  const text = literalText(element);
  if (text !== undefined) return elementKey(text);
  if (element.kind === 'bool')
    return element.formula.kind === 'true' || element.formula.kind === 'false'
      ? elementKey(element.formula.kind === 'true')
      : undefined;
  const [only, another] = element.kind === 'text' ? element.texts : 'numbers' in element ? element.numbers : [];
  if (only === undefined || another !== undefined) return undefined;
  if ('terms' in only.value) return only.value.terms.size === 0 ? elementKey(only.value.constant) : undefined;
  return only.value.kind === 'variable' ? `$${only.value.name}` : undefined;
}

/** Key of an element whose value is known. */
export function elementKey(value: string | boolean | bigint): string {
  return typeof value === 'string' ? JSON.stringify(value) : String(value);
}

/** The variable whose text a key stands for; undefined for a literal's key. */
export function variableOfKey(key: string): string | undefined {
  return key.startsWith('$') ? key.slice(1) : undefined;
}
