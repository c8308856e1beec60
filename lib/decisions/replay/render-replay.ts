import { markdownTable, plain, textTable } from '../tables';
import type { Flip, ReplayReport } from './replay';

const SHOWN = 50;

const WORDS = { ALLOW: 'allowed', DENY: 'denied', ERROR: 'undecided' } as const;

/** Whom a change of policies hurts, for people. */
export function replayText(report: ReplayReport, format: 'text' | 'markdown'): string {
  const table = format === 'text' ? textTable : markdownTable;
  const { calls, compared, same, flips, unexpected, refused, unknownBefore, moreFlips } = report;
  const head = `${calls} calls, ${compared} decided again: ${same} as before, ${compared - same} otherwise (${unexpected} unexpected)`;
  const rows = flips.slice(0, SHOWN).map(row);
  const shown =
    flips.length === 0 ? [] : [table([['tool', 'caller', 'change', 'before', 'after', 'calls', ''], ...rows])];
  const rest = flips.slice(SHOWN).reduce((sum, flip) => sum + flip.calls, 0) + moreFlips;
  const notes = [
    ...(rest > 0 ? [`${rest} more calls flip in other ways`] : []),
    ...report.notRecorded.map(({ key, total }) => `${total} calls not decided, not recorded: ${plain(key)}`),
    ...(unknownBefore > 0
      ? [`${unknownBefore} calls of which no source tells the decision before; --base decides them too`]
      : []),
    ...(refused > 0 ? [`${refused} calls that an interceptor refused before any policy`] : []),
  ];
  return `${[head, ...shown, ...(notes.length === 0 ? [] : [notes.map((note) => `- ${note}`).join('\n')])].join('\n\n')}\n`;
}

function row({ tool, caller, from, to, before, after, calls, expected }: Flip): string[] {
  const policies = (ids: readonly string[] | undefined): string =>
    ids === undefined ? '?' : ids.join(' ') || 'no policy';
  const change = `${WORDS[from]} -> ${WORDS[to]}`;
  return [
    tool,
    caller ?? '?',
    change,
    policies(before),
    policies(after),
    String(calls),
    expected ? 'expected' : 'UNEXPECTED',
  ];
}
