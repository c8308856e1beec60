import { isJsonObject, type JsonValue } from '../../../contract/json';

/** Values of a request by the names of IAM's condition keys, whatever their case; undefined for a key that it has not. */
export type RequestContext = (key: string) => readonly string[] | undefined;

type Comparison = (value: string, expected: string) => boolean;

const like: Comparison = (value, expected) =>
  new RegExp(
    `^${expected
      .replace(/[.+^${}()|[\]\\]/g, '\\$&')
      .replace(/\*+/g, '.*')
      .replace(/\?/g, '.')}$`,
    's',
  ).test(value);

/** IAM's operators for text. A negated one holds where the key is missing. */
const OPERATORS: { readonly [name: string]: { readonly compare: Comparison; readonly negated?: true } } = {
  StringEquals: { compare: (value, expected) => value === expected },
  StringNotEquals: { compare: (value, expected) => value === expected, negated: true },
  StringEqualsIgnoreCase: { compare: (value, expected) => value.toLowerCase() === expected.toLowerCase() },
  StringNotEqualsIgnoreCase: {
    compare: (value, expected) => value.toLowerCase() === expected.toLowerCase(),
    negated: true,
  },
  StringLike: { compare: like },
  StringNotLike: { compare: like, negated: true },
  ArnEquals: { compare: like },
  ArnLike: { compare: like },
  ArnNotEquals: { compare: like, negated: true },
  ArnNotLike: { compare: like, negated: true },
  Bool: { compare: (value, expected) => value.toLowerCase() === expected.toLowerCase() },
};

/**
 * Whether a statement's conditions hold. An operator that is not known here does not hold, whatever it compares.
 * Source: IAM user guide, page reference_policies_elements_condition_operators.
 *
 * @param textOf the text of a value, which may be an intrinsic
 */
export function conditionsHold(
  conditions: JsonValue | undefined,
  context: RequestContext,
  textOf: (value: JsonValue) => string,
): boolean {
  if (!isJsonObject(conditions)) return conditions === undefined;
  return Object.entries(conditions).every(
    ([operator, keys]) =>
      isJsonObject(keys) &&
      Object.entries(keys).every(([key, expected]) => holds(operator, context(key), listOf(expected).map(textOf))),
  );
}

function holds(text: string, values: readonly string[] | undefined, expected: readonly string[]): boolean {
  const [, quantifier, name = '', ifExists] = /^(?:(ForAllValues|ForAnyValue):)?(\w+?)(IfExists)?$/.exec(text) ?? [];
  if (name === 'Null') return expected.includes(String(values === undefined));
  const operator = OPERATORS[name];
  if (operator === undefined) return false;
  if (values === undefined) {
    return (
      ifExists !== undefined || quantifier === 'ForAllValues' || (quantifier === undefined && operator.negated === true)
    );
  }
  const matches = (value: string): boolean =>
    expected.some((one) => operator.compare(value, one)) !== (operator.negated === true);
  return quantifier === 'ForAllValues' ? values.every(matches) : values.some(matches);
}

/** A list, or the one value that stands for it. */
export function listOf(value: JsonValue | undefined): readonly JsonValue[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value];
}
