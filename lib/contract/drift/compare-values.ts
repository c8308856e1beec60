import { isJsonObject, type JsonObject, type JsonValue } from '../json';
import { isIntrinsic } from '../template-values';
import type { DifferenceKind } from './difference';

/** A difference below a value, by its path. */
export interface ValueDifference {
  readonly kind: DifferenceKind;
  readonly path: readonly string[];
  readonly declared?: JsonValue;
  readonly deployed?: JsonValue;
}

type Value = JsonValue | undefined;

/**
 * Differences between two values. The service fills in nothing and defaults as it likes: nothing, `false`, an empty text, list or object,
 * and `DEFAULT` are one. Lists of plain values are sets; lists of objects with names, such as tools, go by name.
 */
export function compareValues(declared: Value, deployed: Value, path: readonly string[] = []): ValueDifference[] {
  if (isIntrinsic(declared)) return [{ kind: 'incomparable', path, declared: declared as JsonValue }];
  if (isEmpty(declared) && isEmpty(deployed)) return [];
  if (Array.isArray(declared) && Array.isArray(deployed)) return compareLists(declared, deployed, path);
  if (isJsonObject(declared) && isJsonObject(deployed)) return compareObjects(declared, deployed, path);
  // Templates write numbers and booleans as texts where they like.
  if (isScalar(declared) && isScalar(deployed) && `${declared}` === `${deployed}`) return [];
  if (isEmpty(deployed)) return [{ kind: 'missing', path, declared: declared as JsonValue }];
  if (isEmpty(declared)) return [{ kind: 'undeclared', path, deployed: deployed as JsonValue }];
  return [{ kind: 'changed', path, declared: declared as JsonValue, deployed: deployed as JsonValue }];
}

function compareObjects(declared: JsonObject, deployed: JsonObject, path: readonly string[]): ValueDifference[] {
  const names = new Set([...Object.keys(declared), ...Object.keys(deployed)]);
  return [...names].flatMap((name) => compareValues(own(declared, name), own(deployed, name), [...path, name]));
}

function compareLists(declared: JsonValue[], deployed: JsonValue[], path: readonly string[]): ValueDifference[] {
  const wanted = byName(declared);
  const found = byName(deployed);
  if (wanted !== undefined && found !== undefined) return compareObjects(wanted, found, path);
  const [one, other] = [ordered(declared), ordered(deployed)];
  if (one === undefined || other === undefined) {
    const length = Math.max(declared.length, deployed.length);
    return Array.from({ length }).flatMap((_, index) =>
      compareValues(declared[index], deployed[index], [...path, String(index)]),
    );
  }
  return JSON.stringify(one) === JSON.stringify(other) ? [] : [{ kind: 'changed', path, declared, deployed }];
}

/** Items by their names; undefined unless every one has another name. */
function byName(items: readonly JsonValue[]): JsonObject | undefined {
  const named = new Map<string, JsonValue>();
  for (const item of items) {
    const name = isJsonObject(item) ? item['name'] : undefined;
    if (typeof name !== 'string' || named.has(name)) return undefined;
    named.set(name, item);
  }
  return Object.fromEntries(named);
}

/** Plain values in an order of their own; undefined when there is another one among them. */
function ordered(items: readonly JsonValue[]): string[] | undefined {
  return items.every(isScalar) ? items.map(String).toSorted() : undefined;
}

function own(value: JsonObject, name: string): Value {
  return Object.hasOwn(value, name) ? value[name] : undefined;
}

function isScalar(value: Value): value is string | number | boolean {
  return typeof value !== 'object' && value !== undefined;
}

/** Whether a value says no more than its absence. */
function isEmpty(value: Value): boolean {
  if (value === undefined || value === null || value === false || value === '' || value === 'DEFAULT') return true;
  return typeof value === 'object' && Object.values(value).every(isEmpty);
}
