/** Any value that JSON can carry. */
export type JsonValue = string | number | boolean | null | JsonValue[] | JsonObject;

/** A JSON object. */
export interface JsonObject {
  [key: string]: JsonValue;
}

/** Whether a value is a JSON object: not null, not an array. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Whether objects and arrays nest at most so deep. */
export function isWithinDepth(value: JsonValue | undefined, maxDepth: number): boolean {
  if (typeof value !== 'object' || value === null) return true;
  if (maxDepth === 0) return false;
  for (const member of Array.isArray(value) ? value : Object.values(value)) {
    if (!isWithinDepth(member, maxDepth - 1)) return false;
  }
  return true;
}

/** Whether JavaScript has not rounded a number that it read: integers beyond 2^53 and an overflow to infinity are told by their look. */
export function isExactNumber(value: number): boolean {
  return Number.isInteger(value) ? Number.isSafeInteger(value) : Number.isFinite(value);
}

/** Whether JavaScript has rounded no number in a value, see {@link isExactNumber}. */
export function isExactJson(value: JsonValue | undefined): boolean {
  if (typeof value === 'number') return isExactNumber(value);
  return typeof value !== 'object' || value === null || Object.values(value).every(isExactJson);
}
