import type { Text } from '../formula/atom';
import type { Formula } from '../formula/formula';
import type { Linear } from '../formula/linear';

/** The encoding has no words for an expression. */
export class Unsupported extends Error {}

/** Values by condition. The conditions exclude each other, and one of them holds. */
export type Alternatives<T> = readonly { readonly when: Formula; readonly value: T }[];

/** Whole numbers: longs, decimals in units of 1/10,000, times and durations in milliseconds. */
export type NumberKind = 'long' | 'decimal' | 'datetime' | 'duration';

/** What may be there, such as an optional argument or a claim. */
export interface Optional {
  readonly present: Formula;
  readonly value: SymbolicValue;
}

export type Fields = ReadonlyMap<string, Optional>;

/** A set that a policy writes out, or an argument. */
export type SetTerm =
  | { readonly kind: 'literal'; readonly elements: readonly SymbolicValue[] }
  | { readonly kind: 'argument'; readonly name: string };

/** The value of a Cedar expression for all calls at once. */
export type SymbolicValue =
  | { readonly kind: 'bool'; readonly formula: Formula }
  | { readonly kind: NumberKind; readonly numbers: Alternatives<Linear> }
  | { readonly kind: 'text'; readonly texts: Alternatives<Text> }
  | { readonly kind: 'record'; readonly fields: Fields }
  | { readonly kind: 'set'; readonly sets: Alternatives<SetTerm> }
  | SymbolicEntity
  /** Has a value that the encoding has no words for. */
  | { readonly kind: 'unsupported'; readonly what: string }
  /** Of an expression that fails in every call. */
  | { readonly kind: 'failure' };

export interface SymbolicEntity {
  readonly kind: 'entity';
  readonly type: string;
  readonly ids: Alternatives<Text>;
  readonly attributes: Fields;
  /** A tag by name. */
  readonly tag: (name: string) => Optional | undefined;
}

/** A value, and when evaluating it fails. */
export interface Result {
  readonly value: SymbolicValue;
  readonly fails: Formula;
}

/** A value of the kind that an operator takes. Cedar's validator has checked the types: anything else is not supported. */
function of<K extends SymbolicValue['kind']>(
  value: SymbolicValue,
  ...kinds: K[]
): SymbolicValue & { readonly kind: K } {
  if ((kinds as string[]).includes(value.kind)) return value as SymbolicValue & { readonly kind: K };
  throw new Unsupported(value.kind === 'unsupported' ? value.what : `a ${value.kind} in place of a ${kinds[0]}`);
}

export function numbersOf(value: SymbolicValue): Alternatives<Linear> {
  return value.kind === 'failure' ? [] : of(value, 'long', 'decimal', 'datetime', 'duration').numbers;
}

export function textsOf(value: SymbolicValue): Alternatives<Text> {
  return value.kind === 'failure' ? [] : of(value, 'text').texts;
}

export function setsOf(value: SymbolicValue): Alternatives<SetTerm> {
  return value.kind === 'failure' ? [] : of(value, 'set').sets;
}

export function booleanOf(value: SymbolicValue, ifFailure: Formula): Formula {
  return value.kind === 'failure' ? ifFailure : of(value, 'bool').formula;
}

export function fieldsOf(value: SymbolicValue): Fields {
  if (value.kind === 'failure') return new Map();
  const owner = of(value, 'record', 'entity');
  return owner.kind === 'record' ? owner.fields : owner.attributes;
}

/** The text, if it is the same in every call. */
export function literalText(value: SymbolicValue): string | undefined {
  const [only, another] = value.kind === 'text' ? value.texts : [];
  return only?.value.kind === 'literal' && another === undefined ? only.value.text : undefined;
}
