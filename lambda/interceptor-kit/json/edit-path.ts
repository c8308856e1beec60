import type { JsonValue } from '../../../lib/contract/json';
import { editInText, editMembers, type ValueEdit } from './edit';

/** Names in a path: as many as bits of a number that say where in the path one is. */
const MAX_NAMES = 30;

/**
 * Edits what a path such as `claims.ssn` leads to. Arrays are walked through, and JSON in texts as if it stood there by itself; `*` is any
 * member, `**` any number of levels, or any member at the end. Names are compared without case. The empty path is the value itself.
 *
 * Every value is visited once, however many ways of `**` lead to it.
 */
export function editPath(value: JsonValue, path: string, edit: ValueEdit): JsonValue | undefined {
  const names = path === '' ? [] : path.toLowerCase().split('.');
  if (names.length > MAX_NAMES) throw new RangeError(`a path has at most ${MAX_NAMES} names`);
  const end = 1 << names.length;

  /** Places of the path at which one is as well: behind any `**` but the last. */
  const reached = (places: number): number =>
    names.reduce(
      (all, name, index) =>
        name === '**' && all & (1 << index) && index + 1 < names.length ? all | (2 << index) : all,
      places,
    );
  const behind = (places: number, member: string): number => {
    let next = 0;
    for (const [index, name] of names.entries()) {
      if (!(places & (1 << index))) continue;
      if (name === '**') next |= index + 1 < names.length ? 1 << index : end;
      else if (name === '*' || name === member) next |= 2 << index;
    }
    return reached(next);
  };
  const visit = (found: JsonValue, places: number): JsonValue | undefined => {
    const here = places & end ? edit(found) : found;
    const open = places & ~end;
    if (here === undefined || open === 0) return here;
    if (typeof here === 'string') return editInText(here, (inner) => visit(inner, open));
    return editMembers(here, (member, name) => {
      const next = name === undefined ? open : behind(open, name.toLowerCase());
      return next === 0 ? member : visit(member, next);
    });
  };
  return visit(value, reached(1));
}
