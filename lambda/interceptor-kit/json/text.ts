import type { JsonValue } from '../../../lib/contract/json';
import { repeatsName } from '../../../lib/contract/repeated-names';

/** What JSON text of an object, a list or a text begins with, and ends with. */
const OPENING = /^\s*(?:\{\s*["}]|\[\s*["{[\]\dtfn-]|")/;
const CLOSING: { readonly [first: string]: string } = { '{': '}', '[': ']', '"': '"' };

/**
 * The JSON object, list or further JSON text that a text holds. Undefined for any other text, whose digits and words are what they seem.
 * Ten thousand refused texts take the parser a tenth of a second, so that prose such as `[info] ...` is told by its ends.
 */
export function jsonInText(text: string): JsonValue | undefined {
  if (!OPENING.test(text)) return undefined;
  const trimmed = text.trim();
  if (CLOSING[trimmed.charAt(0)] !== trimmed.at(-1)) return undefined;
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    return undefined;
  }
}

/** The text of a value that was edited: the very same text when nothing changed, unless it says more than the value that was looked at. */
export function editedText(text: string, value: JsonValue, edited: JsonValue): string {
  return edited === value && !repeatsName(text, value) ? text : JSON.stringify(edited);
}
