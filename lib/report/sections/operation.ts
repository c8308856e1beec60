import type { CountRow } from '../../decisions/counter';
import type { CallVerdict } from '../../decisions/observed-call';
import { VERDICTS } from '../../decisions/summary/summary';
import type { GatewayReport, ReportedDecisions } from '../gateway-report';
import { type Block, cell, notKnown, type Section, timeText } from '../render/block';

/** Rows of a table that counts. Those beyond are counted in one. */
const SHOWN = 50;

/** Kinds of denials that are shown. */
const DENIALS = 200;

/** Decisions of the period. */
export function decisionsSection({ decisions }: GatewayReport): Section {
  const blocks = decisions.known ? counted(decisions.value) : [notKnown(decisions.why)];
  return { id: 'decisions', title: 'Decisions', blocks };
}

function counted({ summary, missing }: ReportedDecisions): Block[] {
  const { from = '–', to = '–', total, days, tools, callers, policies, unknown } = summary;
  const used = VERDICTS.filter((verdict) => summary.verdicts[verdict] > 0);
  const of = (title: string, rows: readonly CountRow<CallVerdict>[]): Block => ({
    kind: 'table',
    head: [title, ...used],
    rows: [
      ...rows.slice(0, SHOWN).map(({ key, counts }) => [cell(key), ...used.map((one) => cell(counts[one] ?? 0))]),
      ...(rows.length > SHOWN ? [[cell(`and ${rows.length - SHOWN} more`), ...used.map(() => cell(''))]] : []),
    ],
    numbers: used.map((_, index) => index + 1),
  });
  return [
    { kind: 'text', text: `${total} calls from ${timeText(from)} to ${timeText(to)}.` },
    {
      kind: 'bars',
      series: used,
      rows: days.map(({ key, counts }) => ({ label: key, values: used.map((one) => counts[one] ?? 0) })),
    },
    of('Tool', tools),
    of('Caller', callers),
    ...(policies.length > 0 ? [of('Policy that decided', policies)] : []),
    ...[...unknown, ...missing.map((group) => `nothing is in ${group}: there is no such log group`)].map(notKnown),
  ];
}

/** What did not go through, and why. */
export function denialsSection({ decisions }: GatewayReport): Section {
  return {
    id: 'denials',
    title: 'Denials',
    blocks: decisions.known ? denied(decisions.value) : [notKnown(decisions.why)],
  };
}

function denied({ denials }: ReportedDecisions): Block[] {
  if (denials.length === 0) return [{ kind: 'text', text: 'No call was denied in the period.' }];
  const rest = denials.length - DENIALS;
  return [
    {
      kind: 'table',
      head: ['Calls', 'Outcome', 'Tool', 'Caller', 'Decided by', 'Reason', 'Last'],
      rows: denials
        .slice(0, DENIALS)
        .map((one) => [
          cell(one.calls),
          cell(one.verdict),
          cell(one.tool ?? 'not known'),
          cell(one.caller ?? 'not known'),
          cell(decidedBy(one.policies)),
          cell(one.reason),
          cell(timeText(one.to)),
        ]),
      numbers: [0],
    },
    ...(rest > 0 ? [{ kind: 'text', text: `${rest} more kinds of denials are rarer.` } as const] : []),
  ];
}

function decidedBy(policies: readonly string[] | undefined): string | undefined {
  return policies?.length === 0 ? 'no policy permits it' : policies?.join(', ');
}
