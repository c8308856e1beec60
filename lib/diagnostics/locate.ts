import type { Location } from './diagnostic';

/** Turns a span of UTF-8 byte offsets, as Cedar reports them, into lines and columns of a text. */
export function locate(file: string, source: string, startByte: number, endByte: number): Location {
  const start = position(source, startByte);
  const end = position(source, Math.max(startByte, endByte));
  return { file, line: start.line, column: start.column, endLine: end.line, endColumn: end.column, source };
}

function position(source: string, byteOffset: number): { line: number; column: number } {
  const before = Buffer.from(source, 'utf8').subarray(0, byteOffset).toString('utf8');
  const lastBreak = before.lastIndexOf('\n');
  const line = before.split('\n').length;
  return { line, column: before.length - lastBreak };
}
