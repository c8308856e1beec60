import { actionLine } from '../../decision/scope';
import { ACTION_TYPE } from '../../schema/platform-entities';
import type { Formula, Formulas } from '../formula/formula';
import type { Linear } from '../formula/linear';
import { numbersEqual, textEquals } from '../formula/relations';
import { paired, some } from './alternatives';
import type { CallSpace } from './call-space';
import {
  numbersOf,
  type SetTerm,
  type SymbolicEntity,
  type SymbolicValue,
  setsOf,
  textsOf,
  Unsupported,
} from './symbolic-value';

/** Relations between two values, as formulas. Where one value is that of a failing expression, the answer does not matter. */
export class Comparisons {
  private readonly formulas: Formulas;

  constructor(private readonly calls: CallSpace) {
    this.formulas = calls.formulas;
  }

  /** `a == b` */
  equal(a: SymbolicValue, b: SymbolicValue): Formula {
    const { formulas } = this;
    if (a.kind === 'failure' || b.kind === 'failure') return formulas.false;
    if (a.kind === 'set' && b.kind === 'set') return formulas.and(this.containsAll(a, b), this.containsAll(b, a));
    if (a.kind === 'bool' && b.kind === 'bool') return formulas.iff(a.formula, b.formula);
    if (a.kind === 'text' && b.kind === 'text') return this.equalTexts(a, b);
    if (a.kind === 'entity' && b.kind === 'entity') return this.equalEntities(a, b);
    if (a.kind === 'record' && b.kind === 'record') return this.equalRecords(a, b);
    if ('numbers' in a && 'numbers' in b) return a.kind === b.kind ? this.compared(a, b, numbersEqual) : formulas.false;
    const isKnown = a.kind !== 'unsupported' && b.kind !== 'unsupported';
    if (isKnown) return formulas.false;
    throw new Unsupported('a value that is compared');
  }

  /** An order of two numbers. */
  compared(a: SymbolicValue, b: SymbolicValue, order: (formulas: Formulas, a: Linear, b: Linear) => Formula): Formula {
    const orders = paired(this.formulas, numbersOf(a), numbersOf(b), (x, y) => order(this.formulas, x, y));
    return some(this.formulas, orders, (formula) => formula);
  }

  /** `a in b` */
  within(a: SymbolicValue, b: SymbolicValue): Formula {
    if (a.kind === 'failure' || b.kind === 'failure') return this.formulas.false;
    if (b.kind === 'set') return some(this.formulas, b.sets, (set) => this.withinAny(a, set));
    if (a.kind !== 'entity' || b.kind !== 'entity') throw new Unsupported('`in` of something that is no entity');
    if (a !== this.calls.action || b.type !== ACTION_TYPE) return this.equalEntities(a, b);
    const groups = actionLine(this.calls.kind.tool);
    return some(this.formulas, b.ids, (id) =>
      this.formulas.constant(id.kind === 'literal' && groups.includes(id.text)),
    );
  }

  /** `set.contains(element)` */
  contains(set: SymbolicValue, element: SymbolicValue): Formula {
    return some(this.formulas, setsOf(set), (term) => this.hasElement(term, element));
  }

  /** `set.containsAll(others)` */
  containsAll(set: SymbolicValue, others: SymbolicValue): Formula {
    return this.pairs(others, set, (a, b) => {
      if (a.kind === 'literal') return this.formulas.and(...a.elements.map((element) => this.hasElement(b, element)));
      if (b.kind === 'literal') return this.formulas.not(this.calls.sets.hasBeside(a.name, b.elements));
      if (a.name === b.name) return this.formulas.true;
      throw new Unsupported('two array arguments that are compared');
    });
  }

  /** `set.containsAny(others)` */
  containsAny(set: SymbolicValue, others: SymbolicValue): Formula {
    return this.pairs(set, others, (a, b) => {
      if (a.kind === 'literal') return this.formulas.or(...a.elements.map((element) => this.hasElement(b, element)));
      if (b.kind === 'literal') return this.formulas.or(...b.elements.map((element) => this.hasElement(a, element)));
      if (a.name === b.name) return this.calls.sets.hasSome(a.name);
      throw new Unsupported('two array arguments that are compared');
    });
  }

  /** `set.isEmpty()` */
  isEmpty(set: SymbolicValue): Formula {
    return some(this.formulas, setsOf(set), (term) =>
      term.kind === 'literal'
        ? this.formulas.constant(term.elements.length === 0)
        : this.formulas.not(this.calls.sets.hasSome(term.name)),
    );
  }

  private pairs(a: SymbolicValue, b: SymbolicValue, relation: (a: SetTerm, b: SetTerm) => Formula): Formula {
    return some(this.formulas, paired(this.formulas, setsOf(a), setsOf(b), relation), (formula) => formula);
  }

  private hasElement(set: SetTerm, element: SymbolicValue): Formula {
    if (set.kind === 'argument') return this.calls.sets.has(set.name, element);
    return this.formulas.or(...set.elements.map((one) => this.equal(one, element)));
  }

  private withinAny(a: SymbolicValue, set: SetTerm): Formula {
    if (set.kind === 'argument') throw new Unsupported('`in` an array argument');
    return this.formulas.or(...set.elements.map((element) => this.within(a, element)));
  }

  private equalTexts(a: SymbolicValue, b: SymbolicValue): Formula {
    const equal = paired(this.formulas, textsOf(a), textsOf(b), (x, y) => textEquals(this.formulas, x, y));
    return some(this.formulas, equal, (formula) => formula);
  }

  private equalEntities(a: SymbolicEntity, b: SymbolicEntity): Formula {
    if (a.type !== b.type) return this.formulas.false;
    return this.equalTexts({ kind: 'text', texts: a.ids }, { kind: 'text', texts: b.ids });
  }

  /** Records are equal if they have the same attributes with the same values. */
  private equalRecords(a: SymbolicValue & { kind: 'record' }, b: SymbolicValue & { kind: 'record' }): Formula {
    const { formulas } = this;
    const names = [...new Set([...a.fields.keys(), ...b.fields.keys()])];
    return formulas.and(
      ...names.map((name) => {
        const [x, y] = [a.fields.get(name), b.fields.get(name)];
        if (x === undefined || y === undefined) return formulas.not((x ?? y)?.present ?? formulas.false);
        return formulas.and(
          formulas.iff(x.present, y.present),
          formulas.implies(x.present, this.equal(x.value, y.value)),
        );
      }),
    );
  }
}
