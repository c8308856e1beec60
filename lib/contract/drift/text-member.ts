import type { JsonObject } from '../json';

/** A member that is a text; empty when there is none. */
export function textMember(value: JsonObject, member: string): string {
  const found = value[member];
  return typeof found === 'string' ? found : '';
}
