import type { JsonValue } from '../../../lib/contract/json';
import { editedText, jsonInText } from './text';

/** A value in place of another; undefined removes it. The same value means no change. */
export type ValueEdit = (value: JsonValue) => JsonValue | undefined;

/**
 * Edits members of objects and elements of arrays, one level down. Returns the very same value when nothing changed, so that callers can
 * tell. Members called `__proto__` stay members.
 */
export function editMembers(
  value: JsonValue,
  edit: (member: JsonValue, name: string | undefined) => JsonValue | undefined,
): JsonValue {
  if (typeof value !== 'object' || value === null) return value;
  let changed = false;
  const apply = (member: JsonValue, name?: string): JsonValue | undefined => {
    const edited = edit(member, name);
    if (edited !== member) changed = true;
    return edited;
  };
  if (Array.isArray(value)) {
    const items = value.flatMap((item) => {
      const edited = apply(item);
      return edited === undefined ? [] : [edited];
    });
    return changed ? items : value;
  }
  const members = Object.entries(value).flatMap(([name, member]): [string, JsonValue][] => {
    const edited = apply(member, name);
    return edited === undefined ? [] : [[name, edited]];
  });
  return changed ? Object.fromEntries(members) : value;
}

/** Edits every value inside of a value that is neither object nor array. */
export function editLeaves(value: JsonValue, edit: (leaf: JsonValue) => JsonValue): JsonValue {
  if (typeof value !== 'object' || value === null) return edit(value);
  return editMembers(value, (member) => editLeaves(member, edit));
}

/** Gives members other names, at any depth. A name that is taken by then gets a number, so that no member is lost. */
export function renameMembers(value: JsonValue, rename: (name: string) => string): JsonValue {
  const inner = editMembers(value, (member) => renameMembers(member, rename));
  if (typeof inner !== 'object' || inner === null || Array.isArray(inner)) return inner;
  const wanted = Object.keys(inner).map((name) => [name, rename(name)] as const);
  if (wanted.every(([name, other]) => name === other)) return inner;
  const renamed = new Map<string, JsonValue>();
  // Where to go on: ten thousand members of one name must not each try all the numbers of those before.
  const counts = new Map<string, number>();
  for (const [name, other] of wanted) {
    let free = other;
    let count = counts.get(other) ?? 1;
    while (renamed.has(free)) free = `${other} ${++count}`;
    counts.set(other, count);
    renamed.set(free, inner[name] as JsonValue);
  }
  return Object.fromEntries(renamed);
}

/** Edits what JSON in a text holds, as a tool answers that puts a response of its own into its result. Any other text stays. */
export function editInText(text: string, edit: ValueEdit): string | undefined {
  const value = jsonInText(text);
  if (value === undefined) return text;
  const edited = edit(value);
  return edited === undefined ? undefined : editedText(text, value, edited);
}

/** Removes members of given names at any depth, JSON in texts included. */
export function removeMembers(value: JsonValue, names: ReadonlySet<string>): JsonValue {
  if (typeof value === 'string') return editInText(value, (inner) => removeMembers(inner, names)) ?? value;
  return editMembers(value, (member, name) =>
    name !== undefined && names.has(name) ? undefined : removeMembers(member, names),
  );
}
