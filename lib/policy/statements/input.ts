import { GovernanceError } from '../../diagnostics/governance-error';
import type { CedarType } from '../arguments/cedar-type';
import { isIdentifier } from '../schema/identifier';
import { quote } from '../text/cedar-string';
import type { ArgumentFacts, ArgumentTypes } from './argument-types';
import { Atom, atom, conjunction, type PolicyCondition } from './expression';
import { decimalLiteral, longLiteral } from './number-literals';
import { quotedList } from './quoted-list';

/** An argument of the call, for example `amount`. */
export function input(name: string): InputOperand {
  return new InputOperand(name);
}

/** Conditions on one argument. None of them holds for a call without the argument. Numbers are given as strings, so that they stay exact. */
export class InputOperand {
  /** Use `input(...)`. */
  constructor(readonly name: string) {}

  /** The call has the argument. */
  exists(): PolicyCondition {
    return new Atom((types) => {
      types.of(this.name);
      return atom(this.guard);
    });
  }

  /** The argument is this string. */
  equals(value: string): PolicyCondition {
    return this.test('a string', ['string'], () => `${this.path} == ${quote(value)}`);
  }

  /** The argument is one of these strings. */
  isOneOf(values: string[]): PolicyCondition {
    const list = quotedList(values);
    return this.test('a string', ['string'], () => `${list}.contains(${this.path})`);
  }

  /** The argument is an array of strings that has this element. */
  contains(element: string): PolicyCondition {
    return this.test('an array', ['set'], () => `${this.path}.contains(${quote(element)})`);
  }

  /** The argument is `true`. */
  isTrue(): PolicyCondition {
    return this.test('a boolean', ['bool'], () => `${this.path} == true`);
  }

  /** The argument is `false`. */
  isFalse(): PolicyCondition {
    return this.test('a boolean', ['bool'], () => `${this.path} == false`);
  }

  /** The argument is this number. */
  equalsNumber(value: string): PolicyCondition {
    return this.compare(value, '==', undefined);
  }

  /** The argument is a smaller number. */
  lessThan(value: string): PolicyCondition {
    return this.compare(value, '<', 'lessThan');
  }

  /** The argument is a smaller number, or this one. */
  atMost(value: string): PolicyCondition {
    return this.compare(value, '<=', 'lessThanOrEqual');
  }

  /** The argument is a larger number. */
  greaterThan(value: string): PolicyCondition {
    return this.compare(value, '>', 'greaterThan');
  }

  /** The argument is a larger number, or this one. */
  atLeast(value: string): PolicyCondition {
    return this.compare(value, '>=', 'greaterThanOrEqual');
  }

  private compare(value: string, sign: string, method: string | undefined): PolicyCondition {
    return this.test('a number', ['long', 'decimal', 'decimal-string'], ({ kind }) => {
      const isDecimal = kind === undefined ? value.includes('.') : kind !== 'long';
      if (!isDecimal) return `${this.path} ${sign} ${longLiteral(value)}`;
      const literal = `decimal(${quote(decimalLiteral(value))})`;
      return method === undefined ? `${this.path} ${sign} ${literal}` : `${this.path}.${method}(${literal})`;
    });
  }

  private test(
    expected: string,
    kinds: readonly CedarType['kind'][],
    render: (facts: ArgumentFacts) => string,
  ): PolicyCondition {
    return new Atom((types: ArgumentTypes) => {
      const facts = types.of(this.name);
      if (facts.kind !== undefined && !kinds.includes(facts.kind)) {
        throw GovernanceError.of('STATEMENT_ARGUMENT_TYPE', { name: this.name, expected });
      }
      const test = atom(render(facts));
      return facts.optional ? conjunction([atom(this.guard), test]) : test;
    });
  }

  private get path(): string {
    return isIdentifier(this.name) ? `context.input.${this.name}` : `context.input[${quote(this.name)}]`;
  }

  private get guard(): string {
    return `context.input has ${isIdentifier(this.name) ? this.name : quote(this.name)}`;
  }
}
