import { isJsonObject, type JsonObject, type JsonValue } from '../../../contract/json';

/** A member of a document that should be an object: empty when it is something else. */
export function objectOf(value: JsonValue | undefined): JsonObject {
  return isJsonObject(value) ? value : {};
}

/** A member of a document that should be a list: empty when it is something else. */
export function listOf(value: JsonValue | undefined): JsonValue[] {
  return Array.isArray(value) ? value : [];
}

/** A member of a document that should be a text with something in it. */
export function textOf(value: JsonValue | undefined): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
