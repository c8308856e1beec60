import { maskSecrets } from '../message/secret-text';

/** Structured log lines from which secrets are removed. */
export interface Logger {
  info(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  error(message: string, fields?: LogFields): void;
}

export type LogFields = { readonly [name: string]: unknown };

const SECRET_NAMES = /authorization|token|secret|password|passwd|cookie|credential|api-?key|session-?id|signature/i;

const REDACTED = '[redacted]';
const MAX_TEXT = 1_000;
const MAX_DEPTH = 4;
const MAX_MEMBERS = 30;

/**
 * Makes a logger. Members whose names sound secret, and the given ones, are replaced; so are tokens and keys inside of any text.
 * Long texts, deep objects and long lists are cut, so that no line ever holds a whole event.
 */
export function createLogger(
  redactedFields: readonly string[] = [],
  write: (line: string) => void = writeToStdout,
): Logger {
  const hidden = new Set(redactedFields.map((name) => name.toLowerCase()));
  const isSecret = (name: string): boolean => hidden.has(name.toLowerCase()) || SECRET_NAMES.test(name);
  const log =
    (level: string) =>
    (message: string, fields: LogFields = {}) => {
      const line = { level, message: cleanText(message), ...(clean(fields, isSecret, MAX_DEPTH) as LogFields) };
      write(JSON.stringify(line));
    };
  return { info: log('INFO'), warn: log('WARN'), error: log('ERROR') };
}

function clean(value: unknown, isSecret: (name: string) => boolean, depth: number): unknown {
  if (typeof value === 'string') return cleanText(value);
  if (value instanceof Error) return { name: cleanText(value.name), message: cleanText(value.message) };
  if (typeof value !== 'object' || value === null) return typeof value === 'bigint' ? String(value) : value;
  if (depth === 0) return '[cut]';
  if (Array.isArray(value)) return value.slice(0, MAX_MEMBERS).map((item) => clean(item, isSecret, depth - 1));
  const members = Object.entries(value).slice(0, MAX_MEMBERS);
  return Object.fromEntries(
    members.map(([name, item]) => [cleanText(name), isSecret(name) ? REDACTED : clean(item, isSecret, depth - 1)]),
  );
}

function cleanText(text: string): string {
  // Redacted before it is cut: half a token is a secret as well.
  const shown = maskSecrets(text.slice(0, MAX_TEXT * 4), REDACTED);
  return shown.length > MAX_TEXT ? `${shown.slice(0, MAX_TEXT)}[cut]` : shown;
}

function writeToStdout(line: string): void {
  process.stdout.write(`${line}\n`);
}
