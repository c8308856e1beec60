import { isJsonObject, type JsonValue } from '../../contract/json';

/**
 * The fields of a form. A list gives one field for each item, an object its JSON text, as OpenAPI's defaults say; members that the document
 * wants bracketed give `member[key]` at every level. Source: OpenAPI 3.0.4, sections Encoding Object and Style Values.
 */
export function formFields(content: JsonValue | undefined, bracketed: readonly string[]): [string, string][] {
  if (!isJsonObject(content)) return [];
  return Object.entries(content).flatMap(([name, value]) =>
    bracketed.includes(name) ? bracketedFields(name, value) : plainFields(name, value),
  );
}

function plainFields(name: string, value: JsonValue): [string, string][] {
  if (value === null) return [];
  return (Array.isArray(value) ? value : [value]).map((item) => [name, asText(item)]);
}

function bracketedFields(name: string, value: JsonValue): [string, string][] {
  if (value === null) return [];
  if (typeof value !== 'object') return [[name, asText(value)]];
  return Object.entries(value).flatMap(([key, member]) => bracketedFields(`${name}[${key}]`, member));
}

/** Texts as they are, everything else as JSON. */
export function asText(value: JsonValue): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
