import { isJsonObject, type JsonValue } from './json';

/**
 * What a reference within a document names: a JSON pointer in a URI fragment (RFC 6901, section 6), for example
 * `#/components/schemas/Pet`. Undefined for one that leads nowhere or into another document.
 */
export function pointedTo(root: JsonValue, reference: string): JsonValue | undefined {
  if (reference === '#') return root;
  if (!reference.startsWith('#/')) return undefined;
  let place: JsonValue | undefined = root;
  for (const step of reference.slice(2).split('/')) place = memberOf(place, keyOf(step));
  return place;
}

function memberOf(holder: JsonValue | undefined, key: string): JsonValue | undefined {
  if (Array.isArray(holder)) return /^(0|[1-9]\d*)$/.test(key) ? holder[Number(key)] : undefined;
  return isJsonObject(holder) && Object.hasOwn(holder, key) ? holder[key] : undefined;
}

function keyOf(step: string): string {
  return decoded(step).replaceAll('~1', '/').replaceAll('~0', '~');
}

/** Tools write pointers with and without percent-encoding; a percent sign that encodes nothing stands for itself. */
function decoded(step: string): string {
  try {
    return decodeURIComponent(step);
  } catch {
    return step;
  }
}
