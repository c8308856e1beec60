import { RE2JS } from 're2js';
import { isJsonObject, type JsonValue } from '../../contract/json';
import { linearSource, PATTERN_SIZE_MAX } from '../../contract/linear-pattern';

/** Why the interceptor cannot match a pattern in linear time; undefined when it can. */
export function patternFlaw(pattern: string): string | undefined {
  try {
    new RegExp(pattern, 'u');
  } catch {
    return 'it is no regular expression';
  }
  try {
    return RE2JS.compile(linearSource(pattern)).programSize() > PATTERN_SIZE_MAX ? 'it is too large' : undefined;
  } catch (error) {
    return error instanceof SyntaxError ? error.message : 'it counts beyond 1,000';
  }
}

/** Every pattern of a JSON Schema. */
export function patternsOf(schema: JsonValue): string[] {
  if (Array.isArray(schema)) return schema.flatMap(patternsOf);
  if (!isJsonObject(schema)) return [];
  const { pattern, patternProperties } = schema;
  return [
    ...(typeof pattern === 'string' ? [pattern] : []),
    ...(isJsonObject(patternProperties) ? Object.keys(patternProperties) : []),
    ...Object.values(schema).flatMap(patternsOf),
  ];
}
