import type { Explanation } from '../../policy/decision/explain';
import type { Decision } from '../../policy/decision/model';
import type { AccessChange, UndecidedAccess } from '../../policy/proof/access-diff/access-change';
import type { ToolChanges } from '../../policy/proof/access-diff/access-diff';
import { shownInput } from '../../policy/proof/invariants/describe-call';
import { describeExplanation } from '../../policy/testing/run/describe-explanation';
import {
  decisions,
  describeAffected,
  describeCause,
  describeDecision,
  describeTools,
  placeOfChange,
  sentencesOf,
} from './describe-change';
import type { GatewayDiff } from './gateway-diff';

const INDENT = ' '.repeat(11);

/** What a change does to the access to a gateway, for a person. */
export function diffText({ pair, diff }: GatewayDiff): string {
  const { changes, undecided, unchanged, tools } = diff;
  const lines = [
    pair.label,
    ...changes.flatMap(changeLines),
    ...undecided.map(undecidedLine),
    ...toolLines(tools),
    unchangedLine(diff.changes.length + diff.undecided.length === 0, unchanged),
    ...pair.notes.map((note) => `note       ${note}`),
  ];
  return `${lines.join('\n')}\n`;
}

function changeLines(change: AccessChange): string[] {
  const { direction, cause, isMeant } = change;
  const place = cause.kind === 'policy' ? ` (${placeOfChange(cause.change)})` : '';
  return [
    `${direction.padEnd(10)} ${describeTools(change)}`,
    `${INDENT}${describeCause(cause, direction)}${place}${isMeant ? ', which an allowance covers' : ''}`,
    ...saidLines(change).map((line) => `${INDENT}${line}`),
    ...affectedLines(change).map((line) => `${INDENT}${line}`),
    ...exampleLines(change).map((line) => `${INDENT}${line}`),
  ];
}

/** The policy in words, as it was and as it is. */
function saidLines({ cause }: AccessChange): string[] {
  const { before, after } = sentencesOf(cause);
  return [
    ...(before === undefined ? [] : [`it said: ${before}`]),
    ...(after === undefined ? [] : [`it says: ${after}`]),
  ];
}

/** Nothing of tools of which every call is affected. */
function affectedLines(change: AccessChange): string[] {
  if (change.wholly.length === change.tools.length) return [];
  const affected = describeAffected(change);
  return [`callers: ${affected.callers}`, `arguments: ${affected.arguments}`];
}

/** The call as a policy test says it, and how it is decided before and after. */
function exampleLines(change: AccessChange): string[] {
  const { direction, example } = change;
  const { call, claims } = example.witness;
  const caller = claims === undefined ? `iam: ${call.principal.id}` : `claims: ${JSON.stringify(claims)}`;
  const { before, after } = decisions(change);
  return [
    'for example:',
    ...(call.principal.id === '' ? [] : [`  ${caller}`]),
    `  tool: ${call.tool}`,
    `  input: ${JSON.stringify(shownInput(call))}`,
    `  now: ${call.now.toISOString()}`,
    ...sideLines('before', before, direction === 'gained' ? example.other : undefined),
    ...sideLines('after', after, direction === 'lost' ? example.other : undefined),
  ];
}

/** A decision, and under one that does not allow the call what kept it from that. */
function sideLines(side: string, decision: Decision | undefined, denied: Explanation | undefined): string[] {
  const decided = decision === undefined ? 'no such call' : describeDecision(decision);
  const reasons = denied === undefined ? [] : describeExplanation(denied);
  return [`${side}: ${decided}`, ...reasons.map((reason) => `  ${reason}`)];
}

function undecidedLine({ direction, tool, cause, reason }: UndecidedAccess): string {
  const verb = direction === 'gained' ? 'gain' : 'lose';
  return `undecided  ${tool}\n${INDENT}${describeCause(cause, direction)}: whether calls ${verb} access: ${reason}`;
}

function toolLines({ added, removed, changed }: ToolChanges): string[] {
  const line = (what: string, tools: readonly string[]): string[] =>
    tools.length === 0 ? [] : [`${what.padEnd(10)} ${tools.join(', ')}`];
  return [...line('new tools', added), ...line('gone', removed), ...line('arguments', changed)];
}

function unchangedLine(isAll: boolean, unchanged: readonly string[]): string {
  const count = `${unchanged.length} ${unchanged.length === 1 ? 'tool' : 'tools'}`;
  if (isAll) return `unchanged  all ${count}: proved for every caller, argument and time`;
  return `unchanged  ${count}${unchanged.length === 0 ? '' : `: ${unchanged.join(', ')}`}`;
}
