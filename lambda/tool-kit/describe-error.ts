import type { LogFields } from './tool-log';

/** Longest stack that is worth a log entry, in characters. */
const STACK_MAX = 4_000;

/** An error for the log: name, message and stack, in which values of the call's arguments are replaced. */
export function describeError(error: unknown, args: unknown): LogFields {
  const hide = hider(args);
  if (!(error instanceof Error)) return { errorType: typeof error, errorMessage: hide(String(error)) };
  return {
    errorType: error.name,
    errorMessage: hide(error.message),
    ...(error.stack !== undefined && { stack: hide(error.stack).slice(0, STACK_MAX) }),
  };
}

function hider(args: unknown): (text: string) => string {
  const values = [...new Set(leaves(args))].sort((a, b) => b.length - a.length);
  if (values.length === 0) return (text) => text;
  const pattern = new RegExp(values.map(patternOf).join('|'), 'g');
  return (text) => text.replace(pattern, '<argument>');
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
