import type { CountRow } from '../counter';
import { markdownTable, textTable } from '../tables';
import { type DecisionSummary, VERDICTS } from './summary';

/** Rows that a table of a report for people shows. */
const SHOWN = 20;

/** A summary for people. */
export function summaryText(summary: DecisionSummary, format: 'text' | 'markdown'): string {
  const table = format === 'text' ? textTable : markdownTable;
  const title = (text: string): string => (format === 'text' ? text : `### ${text}`);
  const { from, to, total } = summary;
  if (from === undefined || to === undefined) return 'no calls\n';
  const head = `${total} calls from ${from} to ${to}`;
  const tables = [
    [title('by tool'), summary.tools],
    [title('by caller'), summary.callers],
    [title('by policy'), summary.policies],
    [title('by day'), summary.days],
  ] as const;
  const parts = tables.flatMap(([name, rows]) => (rows.length === 0 ? [] : [`${name}\n\n${table(cells(rows))}`]));
  const read = summary.sources.map(({ key, total: calls }) => `${calls} from ${key}`).join(', ');
  const unknown = summary.unknown.map((sentence) => `- ${sentence}`).join('\n');
  return `${[head, ...parts, `read: ${read}`, ...(unknown === '' ? [] : [`not known:\n${unknown}`])].join('\n\n')}\n`;
}

function cells(rows: readonly CountRow<(typeof VERDICTS)[number]>[]): string[][] {
  const used = VERDICTS.filter((verdict) => rows.some(({ counts }) => (counts[verdict] ?? 0) > 0));
  const shown = rows
    .slice(0, SHOWN)
    .map(({ key, counts }) => [key, ...used.map((verdict) => String(counts[verdict] ?? 0))]);
  const rest = rows.length - shown.length;
  return [['', ...used], ...shown, ...(rest > 0 ? [[`and ${rest} more`, ...used.map(() => '')]] : [])];
}
