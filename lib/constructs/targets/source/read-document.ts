import { existsSync, readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseDocument, type YAMLParseError } from 'yaml';
import { isJsonObject, isWithinDepth, type JsonObject, type JsonValue } from '../../../contract/json';
import { type Diagnostic, diagnostic } from '../../../diagnostics/diagnostic';
import { GovernanceError } from '../../../diagnostics/governance-error';

/**
 * Reads a JSON or YAML file of the app.
 *
 * @param path relative to the working directory, which is the app's directory during synth
 * @throws GovernanceError `TARGET_FILE_NOT_FOUND`, or `TARGET_FILE_UNREADABLE` with the place of every syntax error
 */
export function readDocument(path: string): JsonValue {
  const file = resolve(path);
  if (!existsSync(file) || !statSync(file).isFile()) throw GovernanceError.of('TARGET_FILE_NOT_FOUND', { file: path });
  const value = parse(path, readFileSync(file, 'utf8'));
  if (isWithinDepth(value, DEPTH_MAX)) return value;
  throw GovernanceError.of('TARGET_FILE_UNREADABLE', {
    file: path,
    problem: `it nests deeper than ${DEPTH_MAX} levels`,
  });
}

/** Documents of large public APIs nest some 40 levels deep. */
const DEPTH_MAX = 500;

function parse(path: string, source: string): JsonValue {
  try {
    // Much faster than YAML for large models.
    if (source.trimStart().startsWith('{')) return JSON.parse(source) as JsonValue;
  } catch {
    // YAML contains JSON, and its parser knows the place of an error.
  }
  const document = parseDocument(source);
  if (document.errors.length > 0)
    throw new GovernanceError(document.errors.map((error) => explain(path, source, error)));
  try {
    return document.toJS() as JsonValue;
  } catch (error) {
    // Aliases that unfold into too much.
    const problem = error instanceof Error ? error.message : String(error);
    throw GovernanceError.of('TARGET_FILE_UNREADABLE', { file: path, problem });
  }
}

function explain(path: string, source: string, error: YAMLParseError): Diagnostic {
  const [start, end] = error.linePos ?? [];
  const problem = error.message
    .split('\n', 1)
    .join('')
    .replace(/ at line \d+, column \d+:?$/, '');
  const location = start && {
    file: path,
    line: start.line,
    column: start.col,
    ...(end && { endLine: end.line, endColumn: end.col }),
    source,
  };
  return diagnostic('TARGET_FILE_UNREADABLE', { file: path, problem }, location ? { location } : {});
}

/** As {@link readDocument}, for files that hold one object. */
export function readObject(path: string): JsonObject {
  const value = readDocument(path);
  if (isJsonObject(value)) return value;
  throw GovernanceError.of('TARGET_FILE_UNREADABLE', { file: path, problem: 'it holds no object' });
}
