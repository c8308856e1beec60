import type { CedarType } from '../../contract/arguments/cedar-type';
import { ipText } from '../../contract/arguments/ip-address';
import { quote } from '../../contract/cedar-string';
import { GovernanceError } from '../../diagnostics/governance-error';
import { accessText, alternativesOf, guardText } from '../schema/condition-form';
import { isIdentifier } from '../schema/identifier';
import { claim } from './claim';
import { Atom, atom, conjunction, disjunction, type PolicyCondition } from './expression';
import { datetimeLiteral } from './now';
import { decimalLiteral, longLiteral } from './number-literals';
import { quotedList } from './quoted-list';

/**
 * An argument of the call, for example `amount`.
 *
 * @example
 * input('amount').lessThan('1000');
 */
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
    return this.test('a string', ['string'], ({ text }) => `${text} == ${quote(value)}`);
  }

  /** The argument is one of these strings. */
  isOneOf(values: string[]): PolicyCondition {
    const list = quotedList(values);
    return this.test('a string', ['string'], ({ text }) => `${list}.contains(${text})`);
  }

  /** The argument is the text of a claim of the caller's token; `sub` is who calls. */
  equalsClaim(name: string): PolicyCondition {
    const value = name === 'sub' ? 'principal.id' : `principal.getTag(${quote(name)})`;
    const equal = this.test('a string', ['string'], ({ text }) => `${text} == ${value}`);
    return name === 'sub' ? equal : claim(name).exists().and(equal);
  }

  /** The argument is an array of strings that has this element. */
  contains(element: string): PolicyCondition {
    return this.test('an array', ['set'], ({ text }) => `${text}.contains(${quote(element)})`);
  }

  /** The argument is `true`. */
  isTrue(): PolicyCondition {
    return this.test('a boolean', ['bool'], ({ text }) => `${text} == true`);
  }

  /** The argument is `false`. */
  isFalse(): PolicyCondition {
    return this.test('a boolean', ['bool'], ({ text }) => `${text} == false`);
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

  /** The argument is a time (`format: date-time` or `date`), and earlier than this one, for example `2026-12-31T08:00:00Z`. */
  before(time: string): PolicyCondition {
    const literal = datetimeLiteral(time);
    return this.test('a time', ['datetime'], ({ text }) => `${text} < ${literal}`);
  }

  /** The argument is a time, and this one or later. */
  from(time: string): PolicyCondition {
    const literal = datetimeLiteral(time);
    return this.test('a time', ['datetime'], ({ text }) => `${text} >= ${literal}`);
  }

  /** The argument is an IP address (`format: ipv4` or `ipv6`) in this network, for example `10.0.0.0/8`. */
  isInNetwork(network: string): PolicyCondition {
    const literal = `ip(${quote(networkText(network))})`;
    return this.test('an IP address', ['ipaddr'], ({ text }) => `${text}.isInRange(${literal})`);
  }

  private compare(value: string, sign: string, method: string | undefined): PolicyCondition {
    return this.test('a number', ['long', 'decimal', 'decimal-string'], ({ text, kind }) => {
      const isDecimal = kind === undefined ? value.includes('.') : kind !== 'long';
      if (!isDecimal) return `${text} ${sign} ${longLiteral(value)}`;
      const literal = `decimal(${quote(decimalLiteral(value))})`;
      return method === undefined ? `${text} ${sign} ${literal}` : `${text}.${method}(${literal})`;
    });
  }

  /** One test of the argument, or one for each of its types that fits. */
  private test(
    expected: string,
    kinds: readonly CedarType['kind'][],
    render: (value: Value) => string,
  ): PolicyCondition {
    return new Atom((types) => {
      const { type, optional } = types.of(this.name);
      const path = [{ name: this.name, optional }];
      const places = type === undefined ? [{ path, type }] : alternativesOf(path, type);
      const fitting = places.filter((place) => place.type === undefined || kinds.includes(place.type.kind));
      if (fitting.length === 0) throw GovernanceError.of('STATEMENT_ARGUMENT_TYPE', { name: this.name, expected });
      const tests = fitting.map((place) => {
        const guard = guardText(place.path);
        const test = atom(render({ text: accessText(place.path), kind: place.type?.kind }));
        return guard === undefined ? test : conjunction([atom(guard), test]);
      });
      return disjunction(tests);
    });
  }

  private get guard(): string {
    return `context.input has ${isIdentifier(this.name) ? this.name : quote(this.name)}`;
  }
}

/** Where Cedar has a value, and of which kind it is where that is known. */
interface Value {
  readonly text: string;
  readonly kind: CedarType['kind'] | undefined;
}

function networkText(network: string): string {
  const text = ipText(network);
  if (text === undefined) throw GovernanceError.of('STATEMENT_NETWORK_INVALID', { value: network });
  return text;
}
