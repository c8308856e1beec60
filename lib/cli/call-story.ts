import type { CallRecord, StageName } from '../emulator/call-record';
import { printable } from '../emulator/observe/printable';

const STAGES: { readonly [stage in StageName]: string } = {
  auth: 'token',
  request: 'REQUEST interceptor',
  policy: 'policies',
  target: 'target',
  response: 'RESPONSE interceptor',
};

/** What happened to one message, stage by stage, for a person. */
export function callStory(record: CallRecord): string {
  const { who, tool, method, requestId, mode, refusedBy, durations, why, explanation } = record;
  const lines = [`${who} ${tool ?? method}, ${record.time}, request ${requestId}, engine in ${mode}`];
  for (const stage of Object.keys(STAGES) as StageName[]) {
    const time = durations[stage];
    if (time === undefined) continue;
    lines.push(`  ${STAGES[stage].padEnd(20)} ${verdictOf(stage, record)} (${time.toFixed(1)} ms)`);
    if (stage === refusedBy && why !== undefined) lines.push(`    ${why}`);
  }
  if (refusedBy === undefined && why !== undefined) lines.push(`  ${why}`);
  for (const { policy, from, to } of record.flips) lines.push(`  LOG_ONLY ${policy}: ${from} would be ${to}`);
  if (explanation !== undefined) lines.push('', ...explanation.split('\n').map((line) => `  ${line}`));
  return `${printable(lines.join('\n'))}\n`;
}

function verdictOf(stage: StageName, { refusedBy, outcome, determining, allowed }: CallRecord): string {
  if (stage === 'policy' && outcome !== undefined) {
    const passes = allowed && outcome !== 'ALLOW' ? ', let through by LOG_ONLY' : '';
    return `${outcome}${passes}${determining.length === 0 ? '' : ` by ${determining.join(', ')}`}`;
  }
  return stage === refusedBy ? 'refused' : 'passed';
}
