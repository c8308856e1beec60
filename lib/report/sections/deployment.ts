import type { GatewayReport, ReportedChanges, ReportedDeployment } from '../gateway-report';
import { type Block, cell, notKnown, type Section, timeText } from '../render/block';

/** Differences between the declared and the deployed gateway. */
export function driftSection({ deployment }: GatewayReport): Section {
  return {
    id: 'drift',
    title: 'Drift',
    blocks: deployment.known ? [differences(deployment.value)] : [notKnown(deployment.why)],
  };
}

function differences({ differences: found }: ReportedDeployment): Block {
  if (found.length === 0) return { kind: 'text', text: 'Everything is deployed as declared.', tone: 'good' };
  return {
    kind: 'table',
    head: ['', 'What differs'],
    rows: found.map(({ text, isDrift }) => [
      isDrift ? cell('drift', 'bad') : cell('nobody can tell', 'unknown'),
      cell(text),
    ]),
  };
}

/** Orders to stop calls that somebody gave past the stack. */
export function locksSection({ deployment }: GatewayReport): Section {
  return {
    id: 'locks',
    title: 'Locks',
    blocks: deployment.known ? [locks(deployment.value)] : [notKnown(deployment.why)],
  };
}

function locks({ locks: found }: ReportedDeployment): Block {
  if (found.length === 0) return { kind: 'text', text: 'None.' };
  return {
    kind: 'table',
    head: ['', 'Stops', 'Reason', 'From', 'Until'],
    rows: found.map(({ what, reason, start, end, inForce }) => [
      inForce ? cell('in force', 'bad') : cell('over'),
      cell(what),
      cell(reason),
      cell(timeText(start)),
      cell(timeText(end)),
    ]),
  };
}

/** Who changed gateway, targets and policies. */
export function changesSection({ changes }: GatewayReport): Section {
  return {
    id: 'changes',
    title: 'Who changed what',
    blocks: changes.known ? callsOf(changes.value) : [notKnown(changes.why)],
  };
}

function callsOf({ from, calls }: ReportedChanges): Block[] {
  const period: Block = {
    kind: 'text',
    text: `Calls of the control plane since ${timeText(from)} that name the gateway or its engine, as CloudTrail has them.`,
  };
  if (calls.length === 0) return [period, { kind: 'text', text: 'There are none.' }];
  const rows = calls.map(({ time, operation, subject, caller, from: address, error }) => [
    cell(timeText(time)),
    cell(operation),
    cell(subject),
    cell(caller),
    cell(address),
    error === undefined ? cell('accepted') : cell(error, 'bad'),
  ]);
  return [period, { kind: 'table', head: ['Time', 'Call', 'Of', 'By', 'From', 'Answer'], rows }];
}
