import type { JsonValue } from '../../lib/contract/json';

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
  return edited === value && countNames(text) === countMembers(value) ? text : JSON.stringify(edited);
}

/** Names of members in JSON text. Of a name that comes twice in one object, the value holds the last member only. */
function countNames(text: string): number {
  let names = 0;
  for (let start = text.indexOf('"'); start >= 0; ) {
    let end = start + 1;
    while (end < text.length && text[end] !== '"') end += text[end] === '\\' ? 2 : 1;
    let behind = end + 1;
    while (isBlank(text[behind])) behind++;
    if (text[behind] === ':') names++;
    start = text.indexOf('"', behind);
  }
  return names;
}

function isBlank(character: string | undefined): boolean {
  return character === ' ' || character === '\n' || character === '\r' || character === '\t';
}

function countMembers(value: JsonValue): number {
  if (typeof value !== 'object' || value === null) return 0;
  const members = Object.values(value);
  const own = Array.isArray(value) ? 0 : members.length;
  return members.reduce<number>((sum, member) => sum + countMembers(member), own);
}
