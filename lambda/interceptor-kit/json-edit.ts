import type { JsonValue } from '../../lib/contract/json';

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

/** Removes members of given names at any depth. */
export function removeMembers(value: JsonValue, names: ReadonlySet<string>): JsonValue {
  return editMembers(value, (member, name) =>
    name !== undefined && names.has(name) ? undefined : removeMembers(member, names),
  );
}

/**
 * Edits what a path such as `claims.ssn` leads to. Arrays are walked through; `*` is any member, `**` any number of levels. Names are
 * compared without case. The empty path is the value itself.
 */
export function editPath(value: JsonValue, path: string, edit: ValueEdit): JsonValue | undefined {
  return editSegments(value, path === '' ? [] : path.toLowerCase().split('.'), edit);
}

function editSegments(value: JsonValue, [segment, ...rest]: readonly string[], edit: ValueEdit): JsonValue | undefined {
  if (segment === undefined) return edit(value);
  if (Array.isArray(value)) return editMembers(value, (item) => editSegments(item, [segment, ...rest], edit));
  if (segment !== '**') {
    const matches = (name: string): boolean => segment === '*' || name.toLowerCase() === segment;
    return editMembers(value, (member, name = '') => (matches(name) ? editSegments(member, rest, edit) : member));
  }
  const here = rest.length === 0 ? value : editSegments(value, rest, edit);
  if (here === undefined) return undefined;
  return editMembers(here, (member) => editSegments(member, rest.length === 0 ? [] : [segment, ...rest], edit));
}
