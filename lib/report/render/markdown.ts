import { markdownTable, plain } from '../../decisions/tables';
import { markdownText } from '../../diagnostics/markdown-text';
import type { Block, Page } from './block';

/** Characters of a cell, and of a paragraph. */
const MAX_CELL = 400;

/** A page as Markdown, in which whatever stands in names, reasons and descriptions is text. */
export function markdownPage({ title, subtitle, marks, sections }: Page): string {
  const parts = [
    `# ${shown(title)}`,
    shown(subtitle),
    table(
      ['', ''],
      marks.map(({ label, value }) => [label, value.text]),
    ),
    ...sections.flatMap((section) => [`## ${shown(section.title)}`, ...section.blocks.map(block)]),
  ];
  return `${parts.join('\n\n')}\n`;
}

function block(one: Block): string {
  switch (one.kind) {
    case 'text':
      return one.tone === 'unknown' ? `> ${shown(one.text)}` : shown(one.text);
    case 'facts':
      return table(
        ['', ''],
        one.facts.map(([name, { text }]) => [name, text]),
      );
    case 'table':
      return one.rows.length === 0
        ? 'None.'
        : table(
            one.head,
            one.rows.map((row) => row.map(({ text }) => text)),
            one.numbers,
          );
    case 'code':
      return `### ${shown(one.title)}\n\n${code(one.text)}`;
    case 'bars':
      return table(
        ['Day', ...one.series],
        one.rows.map(({ label, values }) => [label, ...values.map(String)]),
        one.series.map((_, index) => index + 1),
      );
    default:
      return one satisfies never;
  }
}

function table(head: readonly string[], rows: readonly (readonly string[])[], numbers: readonly number[] = []): string {
  return markdownTable([head, ...rows], { isNumber: (column) => numbers.includes(column), maxCell: MAX_CELL });
}

function shown(text: string): string {
  return markdownText(plain(text, MAX_CELL));
}

/** A block that a line of backticks inside cannot end. */
function code(text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}cedar\n${text
    .split(/\r\n|[\r\n]/)
    .map((line) => plain(line, 2_000))
    .join('\n')}\n${fence}`;
}
