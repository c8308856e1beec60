/** Characters of one cell. Names come from callers and may be anything. */
const MAX_CELL = 80;

/** A table for a terminal: the first row is the head, the first column text, the others numbers. */
export function textTable(rows: readonly (readonly string[])[]): string {
  const shown = rows.map((row) => row.map(plain));
  const widths = (shown[0] ?? []).map((_, column) => Math.max(...shown.map((row) => row[column]?.length ?? 0)));
  return shown
    .map((row) =>
      row.map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0))),
    )
    .map((row) => `  ${row.join('  ')}`.trimEnd())
    .join('\n');
}

/** A table in Markdown, in which no cell can be anything but text. */
export function markdownTable(rows: readonly (readonly string[])[]): string {
  const [head = [], ...body] = rows.map((row) => row.map((cell) => escaped(plain(cell))));
  return [head, head.map((_, column) => (column === 0 ? '---' : '---:')), ...body]
    .map((row) => `| ${row.join(' | ')} |`)
    .join('\n');
}

/** One line without control characters. */
export function plain(text: string): string {
  const shown = text.replace(/[^\p{L}\p{M}\p{N}\p{P}\p{S}\p{Zs}]/gu, '?');
  return shown.length > MAX_CELL ? `${shown.slice(0, MAX_CELL - 1)}…` : shown;
}

function escaped(text: string): string {
  return text.replace(/[\\`*_{}[\]<>()#+!|~&-]/g, (sign) => `\\${sign}`);
}
