import { canonicalJson } from '../../../lib/contract/canonical-json';
import type { JsonObject, JsonValue } from '../../../lib/contract/json';
import { flaw, type Keyword } from './check';

/** Keywords for values of any type, and for numbers. */
export const VALUE_KEYWORDS: readonly Keyword[] = [
  ({ type }) => {
    if (type === undefined) return undefined;
    const types = Array.isArray(type) ? type : [type];
    const fits = (value: JsonValue): boolean => types.some((name) => isOfType(value, name));
    return (value, at, run) => fits(value) || flaw(run, at, 'type');
  },
  (schema) => (Array.isArray(schema['enum']) ? oneOf('enum', schema['enum']) : undefined),
  (schema) => (schema['const'] === undefined ? undefined : oneOf('const', [schema['const']])),
  bound('minimum', (number, limit) => number >= limit),
  bound('maximum', (number, limit) => number <= limit),
  bound('exclusiveMinimum', (number, limit) => number > limit),
  bound('exclusiveMaximum', (number, limit) => number < limit),
  bound('multipleOf', isMultiple),
];

function isOfType(value: JsonValue, type: JsonValue): boolean {
  switch (type) {
    case 'null':
      return value === null;
    case 'array':
      return Array.isArray(value);
    case 'object':
      return typeof value === 'object' && value !== null && !Array.isArray(value);
    case 'integer':
      return Number.isInteger(value);
    default:
      return typeof value === type;
  }
}

function isSimple(value: JsonValue): value is string | number | boolean | null {
  return typeof value !== 'object' || value === null;
}

function oneOf(keyword: string, values: readonly JsonValue[]): ReturnType<Keyword> {
  const simple = new Set(values.filter(isSimple));
  const others = new Set(values.filter((value) => !isSimple(value)).map(canonicalJson));
  const fits = (value: JsonValue): boolean => {
    if (isSimple(value)) return simple.has(value);
    return others.size > 0 && others.has(canonicalJson(value));
  };
  return (value, at, run) => fits(value) || flaw(run, at, keyword);
}

function bound(keyword: string, holds: (value: number, limit: number) => boolean): Keyword {
  return (schema) => {
    const limit = limitOf(schema, keyword);
    if (limit === undefined) return undefined;
    return (value, at, run) => typeof value !== 'number' || holds(value, limit) || flaw(run, at, keyword);
  };
}

/** Draft 4 and OpenAPI 3.0 say `exclusiveMinimum: true` beside `minimum`. */
function limitOf(schema: JsonObject, keyword: string): number | undefined {
  const limit = schema[keyword];
  const plain = keyword.replace(/^exclusive(M)/, (_, first: string) => first.toLowerCase());
  if (limit === true && plain !== keyword) return limitOf(schema, plain);
  return typeof limit === 'number' ? limit : undefined;
}

function isMultiple(value: number, unit: number): boolean {
  const quotient = value / unit;
  // 0.07 / 0.01 is not quite 7.
  return Number.isInteger(quotient) || Math.abs(quotient - Math.round(quotient)) < Math.abs(quotient) * 1e-14;
}
