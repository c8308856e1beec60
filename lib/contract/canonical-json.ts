import type { JsonValue } from './json';

/** Text that JSON writes as it is, one byte a character. A test of a text takes a quarter of the time of writing it. */
const PLAIN = /^[ !#-[\]-~]*$/;

/** JSON with members in the order of their names and without blanks, so that equal values have equal texts. */
export function canonicalJson(value: JsonValue): string {
  if (typeof value === 'string') return quoted(value);
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  let inner = '';
  if (Array.isArray(value)) {
    for (const item of value) inner += `${inner === '' ? '' : ','}${canonicalJson(item)}`;
    return `[${inner}]`;
  }
  for (const name of Object.keys(value).sort()) {
    inner += `${inner === '' ? '' : ','}${quoted(name)}:${canonicalJson(value[name] as JsonValue)}`;
  }
  return `{${inner}}`;
}

/** Bytes of a value as JSON without blanks in UTF-8. */
export function jsonBytes(value: JsonValue): number {
  if (typeof value === 'string') return textBytes(value);
  if (typeof value !== 'object' || value === null) return JSON.stringify(value).length;
  let bytes = 0;
  if (Array.isArray(value)) {
    for (const item of value) bytes += jsonBytes(item) + 1;
  } else {
    for (const name of Object.keys(value)) bytes += textBytes(name) + jsonBytes(value[name] as JsonValue) + 2;
  }
  // Brackets, and one comma less than there are members.
  return bytes === 0 ? 2 : bytes + 1;
}

function quoted(text: string): string {
  return PLAIN.test(text) ? `"${text}"` : JSON.stringify(text);
}

function textBytes(text: string): number {
  return PLAIN.test(text) ? text.length + 2 : Buffer.byteLength(JSON.stringify(text), 'utf8');
}
