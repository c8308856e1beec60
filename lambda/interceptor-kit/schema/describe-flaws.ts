import type { Flaw } from './check';

/** Words for a wrong value, by the keyword that does not hold: a model can correct itself with them. */
const WORDS: { readonly [keyword: string]: string } = {
  required: 'is missing',
  dependentRequired: 'lacks a member that goes with another',
  type: 'is of another type than the schema says',
  enum: 'is none of the values that the schema lists',
  const: 'is not the value that the schema says',
  false: 'is not declared',
  pattern: 'does not fit the pattern of the schema',
  format: 'is not of the format that the schema says',
  minLength: 'is too short',
  maxLength: 'is too long',
  minimum: 'is too small',
  exclusiveMinimum: 'is too small',
  maximum: 'is too large',
  exclusiveMaximum: 'is too large',
  minItems: 'has too few items',
  maxItems: 'has too many items',
  uniqueItems: 'has an item twice',
  minProperties: 'has too few members',
  maxProperties: 'has too many members',
};

/** Descriptions that a denial carries, and characters of a place. */
const MAX_FLAWS = 10;
const MAX_PLACE = 128;

/** Where, and what is wrong there, but no values: they may be secret. The innermost findings say most. */
export function describeFlaws(flaws: readonly Flaw[]): string[] {
  const wrappers = new Set(['anyOf', 'oneOf']);
  const inner = flaws.filter(({ keyword }) => !wrappers.has(keyword));
  const texts = (inner.length > 0 ? inner : flaws).map(({ place, keyword }) => {
    const words = Object.hasOwn(WORDS, keyword) ? WORDS[keyword] : `does not fit \`${keyword}\` of the schema`;
    return `${place.slice(1, 1 + MAX_PLACE) || 'the arguments'} ${words}`;
  });
  return [...new Set(texts)].slice(0, MAX_FLAWS);
}
