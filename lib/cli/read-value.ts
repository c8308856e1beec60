import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { isExactJson, isJsonObject, type JsonObject } from '../contract/json';
import { GovernanceError } from '../diagnostics/governance-error';
import type { Terminal } from './terminal';

/** The text of a file that the user named. */
export async function readText(terminal: Terminal, path: string): Promise<string> {
  try {
    return (await readFile(resolve(terminal.cwd, path), 'utf8')).replace(/^\uFEFF/, '');
  } catch (error) {
    throw GovernanceError.of('COMMAND_FILE_UNREADABLE', { path, problem: reason(error) });
  }
}

/**
 * The value of an option that takes JSON: the text itself, `@file`, or `-` for standard input. Refuses integers beyond 2^53, which JavaScript
 * has rounded.
 */
export async function readJsonObject(terminal: Terminal, option: string, value: string): Promise<JsonObject> {
  const isFile = value.startsWith('@');
  const text = isFile ? await readText(terminal, value.slice(1)) : value === '-' ? await terminal.readInput() : value;
  const what = isFile ? value.slice(1) : option;
  const parsed = parseJson(text, what);
  if (!isJsonObject(parsed)) throw GovernanceError.of('COMMAND_JSON_NO_OBJECT', { what });
  const rounded = Object.keys(parsed).find((name) => !isExactJson(parsed[name]));
  if (rounded !== undefined) throw GovernanceError.of('COMMAND_NUMBER_ROUNDED', { what, name: rounded });
  return parsed;
}

/** Parses JSON that a user wrote. `what` names it in the finding. */
export function parseJson(text: string, what: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const problem = (error instanceof Error ? error.message : String(error)).replaceAll('`', "'").slice(0, 120);
    throw GovernanceError.of('COMMAND_JSON_INVALID', { what, problem });
  }
}

function reason(error: unknown): string {
  const code = (error as NodeJS.ErrnoException).code;
  if (code === 'ENOENT') return 'it does not exist';
  if (code === 'EISDIR') return 'it is a directory';
  return code === 'EACCES' ? 'permission is denied' : `reading failed (${code ?? 'unknown'})`;
}

/** One more value of an option that may be given several times. */
export function collect(value: string, before: readonly string[]): string[] {
  return [...before, value];
}

/** A point in time, as an option's value. */
export function readTime(option: string, value: string): Date {
  const time = /^\d{4}-\d{2}-\d{2}T[\d:.]+(Z|[+-]\d{2}:\d{2})$/.test(value) ? new Date(value) : new Date(Number.NaN);
  if (!Number.isNaN(time.getTime())) return time;
  throw GovernanceError.of('COMMAND_OPTION_INVALID', {
    option,
    value,
    expected: 'a time such as `2026-11-20T10:00:00Z`',
  });
}

const UNITS: { readonly [unit: string]: number } = { m: 60_000, h: 3_600_000, d: 86_400_000 };

/** Milliseconds of a duration such as `30m`, `2h` or `7d`; undefined for anything else. */
export function durationOf(text: string): number | undefined {
  const [, count, unit = ''] = /^(\d{1,5})([mhd])$/.exec(text) ?? [];
  return count === undefined ? undefined : Number(count) * (UNITS[unit] ?? 0);
}

/** A percentage from 0 to 100, as an option's value. */
export function readPercent(option: string, value: string): number {
  const percent = /^\d{1,3}(\.\d+)?$/.test(value) ? Number(value) : Number.NaN;
  if (percent >= 0 && percent <= 100) return percent;
  throw GovernanceError.of('COMMAND_OPTION_INVALID', { option, value, expected: 'a number from 0 to 100' });
}

/** A whole number from 0 on, as an option's value. */
export function readCount(option: string, value: string): number {
  if (/^\d{1,9}$/.test(value)) return Number(value);
  throw GovernanceError.of('COMMAND_OPTION_INVALID', { option, value, expected: 'a whole number' });
}

/** A regular expression, as an option's value. */
export function readPattern(option: string, value: string): RegExp {
  try {
    return new RegExp(value, 'u');
  } catch {
    throw GovernanceError.of('COMMAND_OPTION_INVALID', { option, value, expected: 'a regular expression' });
  }
}
