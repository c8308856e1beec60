import type { JsonValue } from './json';

/** Whether a JSON text says a name twice in one object, so that it says more than its value, which holds the last of the members only. */
export function repeatsName(text: string, value: JsonValue): boolean {
  return countNames(text) !== countMembers(value);
}

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
