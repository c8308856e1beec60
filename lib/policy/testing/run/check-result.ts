import { isJsonObject, type JsonObject, type JsonValue } from '../../../contract/json';
import type { ResultExpectation } from '../file/test-file-schema';

/**
 * What a tool's answer does not hold of what it should; empty when it holds everything. Nothing is proven by an answer without
 * rows: isolation and masks fail on it.
 */
export function checkResult(expected: ResultExpectation, answer: JsonValue): string[] {
  const faults: string[] = [];
  const text = typeof answer === 'string' ? answer : JSON.stringify(answer);
  if (expected.contains !== undefined && !text.includes(expected.contains)) {
    faults.push(`the answer does not contain \`${expected.contains}\``);
  }
  const { rows, every, masked, without } = expected;
  if (rows === undefined && every === undefined && masked === undefined && without === undefined) return faults;
  const found = rowsOf(answer, expected.rowsAt);
  if (found === undefined) return [...faults, `the answer holds no list of rows${at(expected.rowsAt)}`];
  if (rows !== undefined) faults.push(...checkCount(rows, found.length));
  if (found.length === 0 && (every ?? masked ?? without) !== undefined) {
    return [...faults, 'the answer holds no row, so that nothing is proven about rows'];
  }
  for (const [field, value] of Object.entries(every ?? {})) {
    const other = found.find((row) => row[field] !== value);
    if (other) faults.push(`a row has \`${field}\` ${inShort(other[field])}, not ${inShort(value)}`);
  }
  for (const field of masked ?? []) faults.push(...checkMask(found, field));
  for (const field of without ?? []) {
    if (found.some((row) => Object.hasOwn(row, field))) faults.push(`a row has the field \`${field}\``);
  }
  return faults;
}

function checkCount(expected: NonNullable<ResultExpectation['rows']>, count: number): string[] {
  const holds = expected === 'some' ? count > 0 : count === (expected === 'none' ? 0 : expected);
  return holds ? [] : [`the answer holds ${count} rows, not ${expected}`];
}

function checkMask(rows: readonly JsonObject[], field: string): string[] {
  if (rows.some((row) => !Object.hasOwn(row, field))) return [`a row has no \`${field}\`, so that no mask is proven`];
  const clear = rows.find((row) => !isMasked(row[field]));
  return clear === undefined ? [] : [`a row shows \`${field}\` unmasked`];
}

/** Null, empty, a text that holds `**`, or one that consists of mask characters and separators. */
function isMasked(value: JsonValue | undefined): boolean {
  if (value === null || value === '') return true;
  return typeof value === 'string' && /\*{2}|^[*#X\s.@-]+$|^\[?(redacted|masked)\]?$/i.test(value);
}

function rowsOf(answer: JsonValue, path: string | undefined): JsonObject[] | undefined {
  const rows = path === undefined ? onlyList(answer) : valueAt(answer, path.split('.'));
  if (!Array.isArray(rows)) return undefined;
  return rows.every(isJsonObject) ? rows : undefined;
}

function onlyList(answer: JsonValue): JsonValue | undefined {
  if (!isJsonObject(answer)) return answer;
  const lists = Object.values(answer).filter((value) => Array.isArray(value));
  return lists.length === 1 ? lists[0] : undefined;
}

function valueAt(answer: JsonValue, path: readonly string[]): JsonValue | undefined {
  let current: JsonValue | undefined = answer;
  for (const step of path) current = isJsonObject(current) ? current[step] : undefined;
  return current;
}

function at(path: string | undefined): string {
  return path === undefined ? '; say where with `rowsAt`' : ` at \`${path}\``;
}

/** Values of real answers do not go into reports in full. */
function inShort(value: JsonValue | undefined): string {
  const text = JSON.stringify(value) ?? 'missing';
  return `\`${text.length > 40 ? `${text.slice(0, 37)}...` : text}\``;
}
