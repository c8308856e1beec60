import { markdownText } from '../diagnostics/markdown-text';

/** A code span, whatever is in it. */
export function code(value: string): string {
  const run = '`'.repeat(longestRun(value) + 1);
  const space = run.length > 1 ? ' ' : '';
  return `${run}${space}${value.replace(/\s+/gu, ' ').replaceAll('|', '\\|')}${space}${run}`;
}

/** Text in which only code spans of ours are code. */
export function text(value: string): string {
  return value
    .split(/(`[^`]*`)/u)
    .map((part) => (part.startsWith('`') ? code(part.slice(1, -1)) : markdownText(part)))
    .join('');
}

/** How many backticks stand in a row at most. */
export function longestRun(value: string): number {
  return Math.max(0, ...[...value.matchAll(/`+/gu)].map(([run]) => run.length));
}
