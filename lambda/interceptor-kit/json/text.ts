import type { JsonValue } from '../../../lib/contract/json';
import { repeatsName } from '../../../lib/contract/repeated-names';

/**
 * The JSON object, list or further JSON text that a text holds. Undefined for any other text, whose digits and words are what they seem.
 */
export function jsonInText(text: string): JsonValue | undefined {
  const first = /\S/.exec(text)?.[0];
  if (first !== '{' && first !== '[' && first !== '"') return undefined;
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
