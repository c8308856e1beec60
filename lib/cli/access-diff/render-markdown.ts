import type { AccessChange } from '../../policy/proof/access-diff/access-change';
import { shownInput } from '../../policy/proof/invariants/describe-call';
import { code, longestRun, text } from '../markdown-text';
import {
  decisions,
  describeAffected,
  describeCause,
  describeDecision,
  placeOfChange,
  sentencesOf,
} from './describe-change';
import type { GatewayDiff } from './gateway-diff';

/** Rows of a table; a comment of a pull request has a limit, and nobody reads on. */
const MOST_ROWS = 50;

const HEADER = ['| Access | Tools | Callers | Arguments | Because |', '|---|---|---|---|---|'];

/** What a change does to the access to a gateway, as a comment for a pull request of GitHub or a merge request of GitLab. */
export function diffMarkdown({ pair, diff }: GatewayDiff): string {
  const { changes, undecided, unchanged, unused } = diff;
  const rows = [
    ...changes.map((change) => {
      const { direction, isMeant } = change;
      const affected = describeAffected(change);
      const access = `${direction}${isMeant ? ' (meant)' : ''}`;
      return row([access, tools(change), text(affected.callers), text(affected.arguments), because(change)]);
    }),
    ...undecided.map(({ tool, cause, direction, reason }) =>
      row(['undecided', code(tool), '?', '?', `${text(describeCause(cause, direction))}: ${text(reason)}`]),
    ),
  ];
  const cut =
    rows.length > MOST_ROWS ? [`${rows.length - MOST_ROWS} more changes are in the output of the command.`] : [];
  const table = rows.length === 0 ? [] : [...HEADER, ...rows.slice(0, MOST_ROWS)];
  const proved = `${unchanged.length} ${unchanged.length === 1 ? 'tool' : 'tools'} proved unchanged for every caller, argument and time`;
  const sections = [
    [`### Access to ${code(pair.label)}`],
    rows.length === 0 ? [`Nobody gains or loses access: ${proved}.`] : table,
    cut,
    inWords(changes.slice(0, MOST_ROWS)),
    ...changes.slice(0, MOST_ROWS).map(details),
    rows.length === 0 ? [] : [`${proved}.`],
    [...pair.notes, ...unused.map((id) => `the allowance ${code(id)} covers nothing that is gained`)].map(
      (note) => `> ${text(note)}`,
    ),
  ];
  return `${sections
    .filter((section) => section.length > 0)
    .map((section) => section.join('\n'))
    .join('\n\n')}\n`;
}

function tools({ tools: named, wholly }: AccessChange): string {
  return named.map((tool) => `${code(tool)}${wholly.includes(tool) ? ' (every call)' : ''}`).join(', ');
}

function because({ cause, direction }: AccessChange): string {
  const place = cause.kind === 'policy' ? ` (${code(placeOfChange(cause.change))})` : '';
  return `${text(describeCause(cause, direction))}${place}`;
}

/** What each of the policies says now and said before, once however many changes it causes. */
function inWords(changes: readonly AccessChange[]): string[] {
  const items = changes.flatMap(({ cause }) => {
    if (cause.kind !== 'policy') return [];
    const { before, after } = sentencesOf(cause);
    const said = before === undefined ? [] : [`before: ${text(before)}`];
    const says = after === undefined ? [] : [`after: ${text(after)}`];
    return [[`- ${code(cause.change.id)}`, ...[...said, ...says].map((one) => `  - ${one}`)].join('\n')];
  });
  return [...new Set(items)];
}

/** A call in a fold, which GitHub and GitLab both have. */
function details(change: AccessChange): string[] {
  const { call, claims } = change.example.witness;
  const { before, after } = decisions(change);
  const lines = [
    claims === undefined ? `caller: ${call.principal.id}` : `claims: ${JSON.stringify(claims)}`,
    `tool: ${call.tool}`,
    `input: ${JSON.stringify(shownInput(call))}`,
    `now: ${call.now.toISOString()}`,
    `before: ${before === undefined ? 'no such call' : describeDecision(before)}`,
    `after: ${after === undefined ? 'no such call' : describeDecision(after)}`,
  ];
  const fence = '`'.repeat(Math.max(3, ...lines.map((line) => longestRun(line) + 1)));
  const summary = `A call of ${inHtml(call.tool)} that ${change.direction === 'gained' ? 'gains' : 'loses'} access`;
  return [`<details><summary>${summary}</summary>`, '', `${fence}yaml`, ...lines, fence, '', '</details>'];
}

function row(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

/** A line that starts with a tag is HTML, in which no Markdown counts. */
function inHtml(value: string): string {
  return value.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}
