import type { CallRecord, StageName } from '../call-record';
import { printable } from './printable';

const STAGES: readonly StageName[] = ['auth', 'request', 'policy', 'target', 'response'];

/** One call in one line: time, who, tool, decision, determining policy, milliseconds per stage. */
export function consoleLine(record: CallRecord): string {
  const policies = record.determining.length === 0 ? '' : ` [${record.determining.join(', ')}]`;
  const flips = record.flips.map(({ policy, to }) => ` (LOG_ONLY ${policy}: ${to})`).join('');
  return [
    record.time.slice(11, 23),
    name(record.who).padEnd(16),
    name(record.tool ?? record.method).padEnd(32),
    `${verdict(record)}${policies}${flips}`.padEnd(24),
    durations(record),
  ].join(' ');
}

function name(text: string): string {
  return printable(text)
    .replace(/[\n\t]/g, '?')
    .slice(0, 100);
}

function verdict({ outcome, allowed, refusedBy, status, error }: CallRecord): string {
  if (outcome !== undefined) return allowed && outcome !== 'ALLOW' ? `${outcome}, let through by LOG_ONLY` : outcome;
  const by = refusedBy === undefined ? '' : ` by ${refusedBy}`;
  if (status >= 400) return `REFUSED ${status}${by}`;
  return error === undefined ? 'ok' : `REFUSED ${error}${by}`;
}

function durations(record: CallRecord): string {
  const parts = STAGES.flatMap((stage) => {
    const time = record.durations[stage];
    return time === undefined ? [] : [`${stage} ${time.toFixed(1)}`];
  });
  return `${record.total.toFixed(1)} ms (${parts.join(', ')})`;
}
