import { type Diagnostic, diagnostic, type Location } from '../../diagnostics/diagnostic';
import type { DetailedError } from '../cedar/cedar';
import { TOO_DEEP } from './parsed-policy';

/** Where a span of UTF-16 indexes lies in a text. */
export function locateIndexes(file: string, source: string, start: number, end: number): Location {
  const from = position(source, start);
  const to = position(source, Math.max(start, end));
  return { file, line: from.line, column: from.column, endLine: to.line, endColumn: to.column, source };
}

function position(source: string, index: number): { line: number; column: number } {
  const before = source.slice(0, index);
  return { line: before.split('\n').length, column: before.length - before.lastIndexOf('\n') };
}

/**
 * Cedar's complaints about a text that does not parse.
 * @param place turns byte offsets in that text into a place in the user's file
 */
export function parseProblems(
  errors: readonly DetailedError[],
  place: (startByte: number, endByte: number) => Location,
): Diagnostic[] {
  return errors.map((error) => {
    const [label] = error.sourceLocations ?? [];
    const location = label === undefined ? place(0, 0) : place(label.start, label.end);
    if (error.code === TOO_DEEP) return diagnostic('POLICY_TOO_DEEP', {}, { location });
    const reason = error.message.replace(/^failed to parse (?:policy|template) from string: /, '');
    const hint = [label?.label, error.help].filter((text) => typeof text === 'string').join('; ');
    return diagnostic('POLICY_SYNTAX', hint === '' ? { reason } : { reason, hint }, { location });
  });
}
