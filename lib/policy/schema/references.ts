import { isJsonObject, type JsonObject, type JsonValue } from '../../contract/json';

/** What a `$ref` names inside of its schema, a JSON pointer in a URI fragment. Undefined for one that leads nowhere or out of it. */
export function resolveReference(root: JsonObject, reference: string): JsonValue | undefined {
  if (!reference.startsWith('#')) return undefined;
  let found: JsonValue | undefined = root;
  for (const step of decoded(reference.slice(1)).split('/').slice(1)) {
    const key = step.replaceAll('~1', '/').replaceAll('~0', '~');
    if (isJsonObject(found)) found = Object.hasOwn(found, key) ? found[key] : undefined;
    else found = Array.isArray(found) ? found[Number(key)] : undefined;
  }
  return found;
}

function decoded(fragment: string): string {
  try {
    return decodeURIComponent(fragment);
  } catch {
    return fragment;
  }
}
