import { isJsonObject, type JsonObject, type JsonValue } from '../../../lib/contract/json';
import {
  type Check,
  every,
  fitsAll,
  flaw,
  inside,
  type Keyword,
  NOTHING,
  type Place,
  type Run,
  silently,
} from './check';

/** Keywords for objects. Only own members count: nothing is inherited. */
export const OBJECT_KEYWORDS: readonly Keyword[] = [
  size('minProperties', (count, limit) => count >= limit),
  size('maxProperties', (count, limit) => count <= limit),
  ({ required }) => {
    if (!Array.isArray(required)) return undefined;
    return onObjects((object, at, run) =>
      every(required, run, (name) => typeof name !== 'string' || Object.hasOwn(object, name) || missing(name, at, run)),
    );
  },
  ({ propertyNames }, compiler) => {
    if (propertyNames === undefined) return undefined;
    const check = compiler.compile(propertyNames);
    return onObjects(
      (object, at, run) =>
        Object.keys(object).every((name) => check(name, undefined, silently(run), undefined)) ||
        flaw(run, at, 'propertyNames'),
    );
  },
  members,
  (schema, compiler) => {
    const { dependencies, dependentRequired, dependentSchemas } = schema;
    const entries = [dependencies, dependentRequired, dependentSchemas].flatMap((group) =>
      isJsonObject(group) ? Object.entries(group) : [],
    );
    if (entries.length === 0) return undefined;
    const rules = entries.map(([name, rule]) => ({
      name,
      check: Array.isArray(rule)
        ? onObjects((object, at, run) => hasAll(object, rule) || flaw(run, at, 'dependentRequired'))
        : compiler.compile(rule),
    }));
    return onObjects((object, at, run, marks) =>
      every(rules, run, ({ name, check }) => !Object.hasOwn(object, name) || check(object, at, run, marks)),
    );
  },
];

type ObjectCheck = (object: JsonObject, at: Place, run: Run, marks: Parameters<Check>[3]) => boolean;

/** A check of objects; any other value fits. */
export function onObjects(check: ObjectCheck): Check {
  return (value, at, run, marks) => !isJsonObject(value) || check(value, at, run, marks);
}

function size(keyword: string, holds: (count: number, limit: number) => boolean): Keyword {
  return (schema) => {
    const limit = schema[keyword];
    if (typeof limit !== 'number') return undefined;
    return onObjects((object, at, run) => holds(Object.keys(object).length, limit) || flaw(run, at, keyword));
  };
}

function missing(name: string, of: Place, run: Run): false {
  return flaw(run, { of, name }, 'required');
}

function hasAll(object: JsonObject, names: readonly JsonValue[]): boolean {
  return names.every((name) => typeof name !== 'string' || Object.hasOwn(object, name));
}

const NONE: readonly Check[] = [];

/** `properties`, `patternProperties` and, for all others, `additionalProperties`. */
function members(schema: JsonObject, compiler: Parameters<Keyword>[1]): Check | undefined {
  const { properties, patternProperties, additionalProperties } = schema;
  const named = new Map(entriesOf(properties).map(([name, member]) => [name, compiler.compile(member)]));
  const patterned = entriesOf(patternProperties).map(([source, member]) => {
    return { matches: compiler.pattern(source), check: compiler.compile(member) };
  });
  const others = additionalProperties === undefined ? undefined : compiler.compile(additionalProperties);
  if (named.size === 0 && patterned.length === 0 && others === undefined) return undefined;

  const checksOf = (name: string): Check[] => {
    const own = named.get(name);
    const found = patterned.flatMap(({ matches, check }) => (matches(name) ? [check] : []));
    if (own !== undefined) found.push(own);
    return found.length === 0 && others ? [others] : found;
  };
  const fits = (object: JsonObject, name: string, at: Place, run: Run): boolean | undefined => {
    const only = patterned.length === 0 ? (named.get(name) ?? others) : undefined;
    const checks = only === undefined ? checksOf(name) : NONE;
    if (only === undefined && checks.length === 0) return undefined;
    const place = inside(run, at, name);
    const value = object[name] as JsonValue;
    const verdict = only?.(value, place, run, undefined) ?? fitsAll(checks, value, place, run, undefined);
    if (!verdict && value === null) noteNull(run, object, name, only !== NOTHING && !checks.includes(NOTHING));
    return verdict;
  };
  return onObjects((object, at, run, marks) =>
    every(Object.keys(object), run, (name) => {
      const verdict = fits(object, name, at, run);
      if (verdict === true) marks?.add(name);
      return verdict ?? true;
    }),
  );
}

/** A member that some schema allows nothing for must not be there at all, whatever another schema says. */
function noteNull(run: Run, object: JsonObject, name: string, mayBeAbsent: boolean): void {
  const members = run.nulls?.get(object) ?? new Map<string, boolean>();
  members.set(name, mayBeAbsent && members.get(name) !== false);
  run.nulls?.set(object, members);
}

function entriesOf(value: JsonValue | undefined): [string, JsonValue][] {
  return isJsonObject(value) ? Object.entries(value) : [];
}
