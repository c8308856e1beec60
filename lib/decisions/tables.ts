import { markdownText } from '../diagnostics/markdown-text';

/** Characters of one cell. Names come from callers and may be anything. */
const MAX_CELL = 80;

/** A table for a terminal: the first row is the head, the first column text, the others numbers. */
export function textTable(rows: readonly (readonly string[])[]): string {
  const shown = rows.map((row) => row.map((cell) => plain(cell)));
  const widths = (shown[0] ?? []).map((_, column) => Math.max(...shown.map((row) => row[column]?.length ?? 0)));
  return shown
    .map((row) =>
      row.map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0))),
    )
    .map((row) => `  ${row.join('  ')}`.trimEnd())
    .join('\n');
}

/** How a table is written. */
export interface TableOptions {
  /** Whether a column, counted from 0, holds numbers. @default - all but the first */
  readonly isNumber?: (column: number) => boolean;
  /** Characters of a cell. @default 80 */
  readonly maxCell?: number;
}

/** A table in Markdown, in which no cell can be anything but text. */
export function markdownTable(rows: readonly (readonly string[])[], options: TableOptions = {}): string {
  const { isNumber = (column) => column > 0, maxCell = MAX_CELL } = options;
  const [head = [], ...body] = rows.map((row) => row.map((cell) => markdownText(plain(cell, maxCell))));
  return [head, head.map((_, column) => (isNumber(column) ? '---:' : '---')), ...body]
    .map((row) => `| ${row.join(' | ')} |`)
    .join('\n');
}

/** One line without control characters and signs that turn the direction of text. @param max characters */
export function plain(text: string, max = MAX_CELL): string {
  const shown = text.replace(/[^\p{L}\p{M}\p{N}\p{P}\p{S}\p{Zs}]/gu, '?');
  return shown.length > max ? `${shown.slice(0, max - 1)}…` : shown;
}
