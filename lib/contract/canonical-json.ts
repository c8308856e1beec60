import type { JsonObject, JsonValue } from './json';

/** JSON with members in the order of their names and without blanks, so that equal values have equal texts. */
export function canonicalJson(value: JsonValue): string {
  const ordered = inOrder(value);
  if (ordered !== undefined) return JSON.stringify(ordered);
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  const object = value as JsonObject;
  const members = Object.keys(object)
    .sort()
    .map((name) => `${JSON.stringify(name)}:${canonicalJson(object[name] as JsonValue)}`);
  return `{${members.join(',')}}`;
}

/** Names that an object lists first, whatever the order in which it got them. */
const INDEX = /^(?:0|[1-9][0-9]{0,9})$/;

/**
 * A value whose members are in the order of their names, so that the engine writes it in one go: the same one if it is. Undefined where no
 * object can have that order.
 */
function inOrder(value: JsonValue): JsonValue | undefined {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) {
    const items = value.map(inOrder);
    if (items.includes(undefined)) return undefined;
    return items.every((item, index) => item === value[index]) ? value : (items as JsonValue[]);
  }
  const names = Object.keys(value);
  const sorted = names.every((name, index) => index === 0 || (names[index - 1] as string) < name);
  if (!sorted && names.some((name) => INDEX.test(name))) return undefined;
  const members = (sorted ? names : names.sort()).map((name) => [name, inOrder(value[name] as JsonValue)] as const);
  if (members.some(([, member]) => member === undefined)) return undefined;
  if (sorted && members.every(([name, member]) => member === value[name])) return value;
  return Object.fromEntries(members as [string, JsonValue][]);
}
