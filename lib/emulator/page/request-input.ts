import { isJsonObject, type JsonObject } from '../../contract/json';
import type { HttpRequest } from '../http/exchange';

/** The JSON object that a request carries; an empty one for anything else. */
export function inputOf({ body }: HttpRequest): JsonObject {
  try {
    const value: unknown = JSON.parse(body);
    return isJsonObject(value) ? value : {};
  } catch {
    return {};
  }
}
