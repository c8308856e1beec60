import type { LogFields } from './tool-log';

/** Longest text that is worth a log entry, in characters. */
const TEXT_MAX = 4_000;

/** Characters of a text that are searched for values, and from which length a value is searched for in all of it. */
const SEARCHED_MAX = 16_000;
const LONG = 1_000;

/** An error for the log: name, message and stack, in which values of the call's arguments are replaced. */
export function describeError(error: unknown, args: unknown): LogFields {
  const hide = hider(args);
  if (!(error instanceof Error)) return { errorType: typeof error, errorMessage: hide(String(error)) };
  return {
    errorType: error.name,
    errorMessage: hide(error.message),
    ...(error.stack !== undefined && { stack: hide(error.stack) }),
  };
}

/** Its time is bounded, although callers choose the values. */
function hider(args: unknown): (text: string) => string {
  const values = [...new Set(leaves(args))].sort((a, b) => b.length - a.length);
  const long = values.filter((value) => value.length >= LONG);
  const short = values.slice(long.length);
  return (text) => {
    const rest = long
      .reduce((shown, value) => shown.replaceAll(value, () => '<argument>'), text)
      .slice(0, SEARCHED_MAX);
    const found = short.filter((value) => rest.includes(value));
    const hidden =
      found.length === 0 ? rest : rest.replace(new RegExp(found.map(patternOf).join('|'), 'g'), '<argument>');
    return hidden.slice(0, TEXT_MAX);
  };
}

/** Short values are only replaced where they stand alone, so that an argument `a` does not make the text unreadable. */
function patternOf(value: string): string {
  const literal = value.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return value.length >= 4 ? literal : `(?<![\\w])${literal}(?![\\w])`;
}

function leaves(value: unknown): string[] {
  if (typeof value === 'string') return value === '' ? [] : [value];
  if (typeof value === 'number') return [String(value)];
  if (typeof value === 'object' && value !== null) return Object.values(value).flatMap(leaves);
  return [];
}
