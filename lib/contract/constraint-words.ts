import type { JsonObject, JsonValue } from './json';

/** Keywords of JSON Schema that constrain a value, in words for the model that fills it in. */
const WORDS: { readonly [keyword: string]: (value: string) => string } = {
  enum: (values) => `one of ${values}`,
  const: (value) => `always ${value}`,
  minimum: (limit) => `at least ${limit}`,
  exclusiveMinimum: (limit) => `more than ${limit}`,
  maximum: (limit) => `at most ${limit}`,
  exclusiveMaximum: (limit) => `less than ${limit}`,
  multipleOf: (step) => `a multiple of ${step}`,
  minLength: (count) => `at least ${count} characters`,
  maxLength: (count) => `at most ${count} characters`,
  pattern: (pattern) => `matches ${pattern}`,
  format: (format) => `format ${format}`,
  minItems: (count) => `at least ${count} items`,
  maxItems: (count) => `at most ${count} items`,
  uniqueItems: () => 'no item twice',
  default: (value) => `default ${value}`,
};

/** A pattern or list that is longer says nothing to a model, and costs it attention at every call. */
const LONGEST = 400;

/** A description with the constraints of the schema behind it: `Currency of the amount (one of EUR, USD)`. */
export function describeConstraints(description: string, schema: JsonObject, keywords: readonly string[]): string {
  const words = keywords.flatMap((keyword) => wordsFor(schema, keyword) ?? []).join('; ');
  if (words === '') return description;
  return description === '' ? words.charAt(0).toUpperCase() + words.slice(1) : `${description} (${words})`;
}

function wordsFor(schema: JsonObject, keyword: string): string | undefined {
  const value = schema[keyword];
  if (!Object.hasOwn(WORDS, keyword) || value === undefined || value === false) return undefined;
  // zod writes a pattern beside the format that it stands for.
  if (keyword === 'pattern' && schema['format'] !== undefined) return undefined;
  const text = Array.isArray(value) ? value.map(textOf).join(', ') : textOf(value);
  return text.length > LONGEST ? undefined : WORDS[keyword]?.(text);
}

function textOf(value: JsonValue): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
