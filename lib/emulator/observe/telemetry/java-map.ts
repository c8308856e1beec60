import { isJsonObject, type JsonValue } from '../../../contract/json';

/** A value as Java prints maps and lists. Not reversible, as in the platform's logs: text has no quotes. */
export function javaMap(value: JsonValue): string {
  if (Array.isArray(value)) return `[${value.map(javaMap).join(', ')}]`;
  if (!isJsonObject(value)) return String(value);
  const members = Object.entries(value).map(([name, member]) => `${name}=${javaMap(member)}`);
  return `{${members.join(', ')}}`;
}
