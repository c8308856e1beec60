import { isJsonObject, type JsonObject } from '../../../lib/contract/json';

/** Members of `error.data` that denials have, see `denialBody`. */
const OWN_MEMBERS = ['reason', 'requestId', 'details'];

/** An error without the data that a target attached, in which nobody can tell rows and fields. Its message stays. */
export function bareError(error: JsonObject): JsonObject {
  const { data, ...bare } = error;
  if (!isJsonObject(data)) return bare;
  const own = Object.entries(data).filter(([name, value]) => OWN_MEMBERS.includes(name) && !isJsonObject(value));
  return own.length === 0 ? bare : { ...bare, data: Object.fromEntries(own) };
}
