import type { Expr } from '../../cedar/cedar';
import { type Operand, operatorOf, plainUid } from '../../cedar/expression';
import type { Formula, Formulas } from '../formula/formula';
import { constant } from '../formula/linear';
import { patternOf } from '../formula/pattern';
import { atMost, below, like } from '../formula/relations';
import { always, chosen, some } from './alternatives';
import { Arithmetic } from './arithmetic';
import type { CallSpace } from './call-space';
import { Comparisons } from './comparisons';
import { constantTruth } from './constant-truth';
import { datetimeMilliseconds, decimalUnits, durationMilliseconds } from './literals';
import {
  booleanOf,
  fieldsOf,
  literalText,
  type Optional,
  type Result,
  type SymbolicEntity,
  type SymbolicValue,
  textsOf,
  Unsupported,
} from './symbolic-value';

type Relation = (a: SymbolicValue, b: SymbolicValue, comparisons: Comparisons) => Formula;

/** Cedar expressions as values and failures, for all calls of a tool at once. */
export class Expressions {
  readonly comparisons: Comparisons;
  private readonly formulas: Formulas;
  private readonly arithmetic: Arithmetic;

  constructor(private readonly calls: CallSpace) {
    this.formulas = calls.formulas;
    this.comparisons = new Comparisons(calls);
    this.arithmetic = new Arithmetic(calls);
  }

  /**
   * A condition. What the encoding has no words for is a Boolean of its own, which may fail: a proof stays a proof, and a counterexample has to
   * be replayed.
   */
  condition(expression: Expr): Result {
    try {
      return this.encode(expression);
    } catch (error) {
      if (!(error instanceof Unsupported)) throw error;
      const opaque = this.opaque(expression, error);
      return opaque.kind === 'atom' && opaque.atom.kind === 'boolean'
        ? { value: this.boolean(opaque), fails: this.formulas.boolean(`${opaque.atom.name}!`) }
        : this.certainly(this.boolean(opaque));
    }
  }

  /** A relation never fails by itself. Where the encoding has no words for one, only its answer is not known. */
  private related(expression: Expr, relation: () => Formula): Result {
    try {
      return this.certainly(this.boolean(relation()));
    } catch (error) {
      if (!(error instanceof Unsupported)) throw error;
      return this.certainly(this.boolean(this.opaque(expression, error)));
    }
  }

  /** A Boolean of its own; a constant for an expression without variables, which Cedar itself evaluates. */
  private opaque(expression: Expr, reason: Unsupported): Formula {
    const truth = constantTruth(expression);
    if (truth !== undefined) return this.formulas.constant(truth);
    return this.formulas.boolean(this.calls.opaqueName(JSON.stringify(expression), reason.message));
  }

  /** `a && b`: the second is looked at only if the first is true. */
  and(a: Result, b: Result): Result {
    const [first, second] = [this.truth(a.value), this.truth(b.value)];
    return {
      value: this.boolean(this.formulas.and(first, second)),
      fails: this.formulas.or(a.fails, this.formulas.and(first, b.fails)),
    };
  }

  not(a: Result): Result {
    return { value: this.boolean(this.formulas.not(this.truth(a.value))), fails: a.fails };
  }

  truth(value: SymbolicValue): Formula {
    return booleanOf(value, this.formulas.false);
  }

  boolean(formula: Formula): SymbolicValue {
    return { kind: 'bool', formula };
  }

  private encode(expression: Expr): Result {
    const [operator, operand] = operatorOf(expression);
    const { left, right, arg } = operand;
    const relation = RELATIONS.get(operator);
    if (relation !== undefined) {
      const [first, second] = Array.isArray(operand) ? (operand as Expr[]) : [left, right];
      return this.both(first, second, (a, b) => this.related(expression, () => relation(a, b, this.comparisons)));
    }
    switch (operator) {
      case 'Value':
        return this.certainly(this.literal((expression as { Value: unknown }).Value));
      case 'Var':
        return this.certainly(this.variable((expression as { Var: string }).Var));
      case '&&':
        return this.and(this.condition(left), this.condition(right));
      case '||':
        return this.not(this.and(this.not(this.condition(left)), this.not(this.condition(right))));
      case '!=':
        return this.not(this.condition({ '==': { left, right } }));
      case '!':
        return this.not(this.condition(arg));
      case 'if-then-else':
        return this.conditional(operand);
      case '+':
        return this.both(left, right, (a, b) => this.arithmetic.sum(a, b, 'long'));
      case '-':
        return this.both(left, right, (a, b) => this.arithmetic.sum(a, b, 'long', -1n));
      case '*':
        return this.both(left, right, (a, b) => this.arithmetic.product(a, b));
      case 'neg':
        return this.one(arg, (a) => this.arithmetic.negation(a));
      case 'isEmpty':
        return this.one(arg, (a) => this.certainly(this.boolean(this.comparisons.isEmpty(a))));
      case 'Set':
        return this.set(operand as unknown as readonly Expr[]);
      case 'Record':
        return this.record(operand as unknown as { readonly [name: string]: Expr });
      default:
        return this.access(operator, operand) ?? this.call(operator, operand as unknown as readonly Expr[]);
    }
  }

  private access(operator: string, operand: Operand): Result | undefined {
    const { left, right, attr, pattern } = operand;
    switch (operator) {
      case 'is':
        return this.typeTest(operand);
      case 'like':
        return this.one(left, (a) =>
          this.certainly(
            this.boolean(some(this.formulas, textsOf(a), (text) => like(this.formulas, text, patternOf(pattern)))),
          ),
        );
      case 'has':
        return this.one(left, (a) => this.certainly(this.boolean(this.presence(a, [attr].flat()))));
      case '.':
        return this.one(left, (a) => this.read(fieldsOf(a).get(attr as string)));
      case 'hasTag':
        return this.both(left, right, (a, b) =>
          this.certainly(this.boolean(this.tag(a, b)?.present ?? this.formulas.false)),
        );
      case 'getTag':
        return this.both(left, right, (a, b) => this.read(this.tag(a, b)));
      default:
        return undefined;
    }
  }

  /** Functions and methods of Cedar's extension types. */
  private call(name: string, args: readonly Expr[]): Result {
    const [first, second] = args;
    if (first === undefined) throw new Unsupported(`the operator ${name}`);
    if (name === 'ip') return this.one(first, () => this.certainly({ kind: 'unsupported', what: 'an address' }));
    if (ADDRESS_TESTS.has(name)) return this.addressTest(name, args);
    if (LITERALS.has(name)) return this.one(first, (a) => this.certainly(this.extensionLiteral(name, a)));
    if (name === 'toDate') return this.one(first, (a) => this.arithmetic.startOfDay(a));
    if (name === 'toTime') return this.one(first, (a) => this.arithmetic.timeOfDay(a));
    if (name === 'offset' && second) return this.both(first, second, (a, b) => this.arithmetic.sum(a, b, 'datetime'));
    if (name === 'durationSince' && second)
      return this.both(first, second, (a, b) => this.arithmetic.sum(a, b, 'duration', -1n));
    return this.one(first, (a) => {
      const result = this.arithmetic.inUnit(name, a);
      if (result === undefined) throw new Unsupported(`the function ${name}`);
      return result;
    });
  }

  private addressTest(name: string, args: readonly Expr[]): Result {
    const operands = args.map((arg) => this.encode(arg));
    const unknown = (): never => {
      throw new Unsupported('a question about an address');
    };
    const { value } = this.related({ [name]: args } as unknown as Expr, unknown);
    return { value, fails: this.formulas.or(...operands.map(({ fails }) => fails)) };
  }

  private conditional({ if: condition, then, else: otherwise }: Operand): Result {
    const [c, a, b] = [this.condition(condition), this.encode(then), this.encode(otherwise)];
    const truth = this.truth(c.value);
    const { formulas } = this;
    return {
      value: chosen(formulas, truth, a.value, b.value),
      fails: formulas.or(c.fails, formulas.and(truth, a.fails), formulas.and(formulas.not(truth), b.fails)),
    };
  }

  private typeTest({ left, entity_type: type, in: group }: Operand): Result {
    const isOfType = this.one(left, (a) =>
      this.certainly(this.boolean(this.formulas.constant(a.kind === 'entity' && a.type === type))),
    );
    return group === undefined ? isOfType : this.and(isOfType, this.condition({ in: { left, right: group } }));
  }

  /** `has a.b` is `has a` and then `has b` of it. */
  private presence(owner: SymbolicValue, [name = '', ...rest]: readonly string[]): Formula {
    const field = fieldsOf(owner).get(name);
    if (field === undefined) return this.formulas.false;
    return rest.length === 0 ? field.present : this.formulas.and(field.present, this.presence(field.value, rest));
  }

  private tag(owner: SymbolicValue, name: SymbolicValue): Optional | undefined {
    const literal = literalText(name);
    if (owner.kind === 'failure') return undefined;
    if (owner.kind !== 'entity') throw new Unsupported('a tag of something that is no entity');
    if (literal === undefined) throw new Unsupported('a tag whose name is computed');
    return owner.tag(literal);
  }

  private read(field: Optional | undefined): Result {
    if (field === undefined) return { value: { kind: 'failure' }, fails: this.formulas.true };
    return { value: field.value, fails: this.formulas.not(field.present) };
  }

  private set(elements: readonly Expr[]): Result {
    const results = elements.map((element) => this.encode(element));
    const sets = always(this.formulas, { kind: 'literal' as const, elements: results.map(({ value }) => value) });
    return { value: { kind: 'set', sets }, fails: this.formulas.or(...results.map(({ fails }) => fails)) };
  }

  private record(members: { readonly [name: string]: Expr }): Result {
    const results = Object.entries(members).map(([name, member]) => [name, this.encode(member)] as const);
    const fields = new Map(results.map(([name, { value }]) => [name, this.calls.certain(value)]));
    return { value: { kind: 'record', fields }, fails: this.formulas.or(...results.map(([, { fails }]) => fails)) };
  }

  private variable(name: string): SymbolicValue {
    const { principal, action, resource, context } = this.calls;
    const value = { principal, action, resource, context }[name];
    if (value === undefined) throw new Unsupported(`the variable ${name}`);
    return value;
  }

  private literal(value: unknown): SymbolicValue {
    const { formulas } = this;
    if (typeof value === 'boolean') return this.boolean(formulas.constant(value));
    if (typeof value === 'string') return { kind: 'text', texts: always(formulas, { kind: 'literal', text: value }) };
    if (typeof value !== 'number') return this.entityLiteral(plainUid(value as Parameters<typeof plainUid>[0]));
    // Cedar's JSON form has rounded larger numbers already.
    if (!Number.isSafeInteger(value)) throw new Unsupported('a number beyond 2^53');
    return { kind: 'long', numbers: always(formulas, constant(BigInt(value))) };
  }

  entityLiteral({ type, id }: { readonly type: string; readonly id: string }): SymbolicEntity {
    const ids = always(this.formulas, { kind: 'literal' as const, text: id });
    return { kind: 'entity', type, ids, attributes: new Map(), tag: () => undefined };
  }

  private extensionLiteral(name: string, text: SymbolicValue): SymbolicValue {
    const { kind, parse } = LITERALS.get(name) as ExtensionLiteral;
    const value = parse(literalText(text) ?? '');
    if (value === undefined) throw new Unsupported(`${name}() of a text that is computed or no ${kind}`);
    return { kind, numbers: always(this.formulas, constant(value)) };
  }

  private certainly(value: SymbolicValue): Result {
    return { value, fails: this.formulas.false };
  }

  private one(arg: Expr, change: (a: SymbolicValue) => Result): Result {
    const a = this.encode(arg);
    const result = change(a.value);
    return { value: result.value, fails: this.formulas.or(a.fails, result.fails) };
  }

  private both(
    left: Expr | undefined,
    right: Expr | undefined,
    change: (a: SymbolicValue, b: SymbolicValue) => Result,
  ): Result {
    if (left === undefined || right === undefined) throw new Unsupported('an operator without its operands');
    return this.one(left, (a) => this.one(right, (b) => change(a, b)));
  }
}

interface ExtensionLiteral {
  readonly kind: 'decimal' | 'datetime' | 'duration';
  readonly parse: (text: string) => bigint | undefined;
}

const LITERALS: ReadonlyMap<string, ExtensionLiteral> = new Map([
  ['decimal', { kind: 'decimal', parse: decimalUnits }],
  ['datetime', { kind: 'datetime', parse: datetimeMilliseconds }],
  ['duration', { kind: 'duration', parse: durationMilliseconds }],
]);

const less: Relation = (a, b, comparisons) => comparisons.compared(a, b, below);
const lessOrEqual: Relation = (a, b, comparisons) => comparisons.compared(a, b, atMost);
const mirrored =
  (relation: Relation): Relation =>
  (a, b, comparisons) =>
    relation(b, a, comparisons);

const RELATIONS: ReadonlyMap<string, Relation> = new Map<string, Relation>([
  ['==', (a, b, comparisons) => comparisons.equal(a, b)],
  ['<', less],
  ['<=', lessOrEqual],
  ['>', mirrored(less)],
  ['>=', mirrored(lessOrEqual)],
  ['lessThan', less],
  ['lessThanOrEqual', lessOrEqual],
  ['greaterThan', mirrored(less)],
  ['greaterThanOrEqual', mirrored(lessOrEqual)],
  ['in', (a, b, comparisons) => comparisons.within(a, b)],
  ['contains', (a, b, comparisons) => comparisons.contains(a, b)],
  ['containsAll', (a, b, comparisons) => comparisons.containsAll(a, b)],
  ['containsAny', (a, b, comparisons) => comparisons.containsAny(a, b)],
]);

/** Questions about addresses, of which the encoding only knows that they never fail. */
const ADDRESS_TESTS: ReadonlySet<string> = new Set(['isIpv4', 'isIpv6', 'isLoopback', 'isMulticast', 'isInRange']);
