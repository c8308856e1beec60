import { isJsonObject, type JsonObject } from '../../contract/json';

/** A message in the output of `aws logs filter-log-events`, or of an export of events. */
const MESSAGE = /"(?:@?message)":\s*("(?:[^"\\]|\\.)*")/;

/**
 * The JSON object of one line: the line itself, what follows a time stamp, or the text of a member `message`. Undefined for a line without
 * any, which logs are full of.
 */
export function objectOfLine(line: string): JsonObject | undefined {
  const start = line.indexOf('{');
  if (start >= 0) {
    const parsed = parse(start === 0 ? line : line.slice(start));
    if (parsed !== undefined)
      return typeof parsed['message'] === 'string' ? (inner(parsed['message']) ?? parsed) : parsed;
  }
  const message = MESSAGE.exec(line)?.[1];
  if (message === undefined) return undefined;
  return inner(JSON.parse(message) as string);
}

function inner(message: string): JsonObject | undefined {
  const start = message.indexOf('{');
  return start < 0 ? undefined : parse(message.slice(start));
}

function parse(text: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(text.trimEnd().replace(/,$/, ''));
    return isJsonObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
