import type { DesiredPolicy } from '../../contract/policy-set-document';
import { type Diagnostic, diagnostic, type Location } from '../../diagnostics/diagnostic';
import type { AccessChange } from '../../policy/proof/access-diff/access-change';
import { describeCall, describePolicies } from '../../policy/proof/invariants/describe-call';
import { quotedNames } from '../../policy/validation/lint/quoted-names';
import { decisions, describeAffected, describeCause, describeDecision } from './describe-change';
import type { GatewayDiff } from './gateway-diff';

/** The changes as findings, at the policies that cause them. @param isCheck whether gains that no allowance covers are errors */
export function diffFindings({ pair, diff }: GatewayDiff, isCheck: boolean): Diagnostic[] {
  const texts = new Map([...(pair.before?.texts ?? []), ...(pair.after?.texts ?? [])]);
  const changes = diff.changes.map((change): Diagnostic => {
    const { direction, cause, tools, isMeant } = change;
    const { callers, arguments: given } = describeAffected(change);
    const who = `callers: ${callers}; arguments: ${given}; for example ${exampleOf(change)}`;
    const params = { reason: describeCause(cause, direction), tools: quotedNames(tools), problem: who };
    const code = direction === 'lost' ? 'ACCESS_LOST' : isCheck && !isMeant ? 'ACCESS_NOT_MEANT' : 'ACCESS_GAINED';
    const location = placeOf(change, texts);
    return diagnostic(code, params, location === undefined ? {} : { location });
  });
  const undecided = diff.undecided.map(({ cause, direction, tool, reason }) =>
    diagnostic('ACCESS_UNDECIDED', {
      reason: describeCause(cause, direction),
      direction,
      tool,
      problem: reason,
    }),
  );
  return [...changes, ...undecided];
}

/** The policy that changed, or one that decides the example. */
function placeOf({ cause, example }: AccessChange, texts: ReadonlyMap<string, string>): Location | undefined {
  const [changed] = cause.kind === 'policy' ? [cause.change.after ?? cause.change.before] : [];
  const { decision, candidates } = example.own;
  const deciding = candidates.find(({ policy }) => decision.determining.includes(policy.id));
  const policy: DesiredPolicy | undefined = (changed ?? deciding)?.policy;
  if (policy === undefined) return undefined;
  const { file, line, column } = policy.origin;
  const source = texts.get(file);
  const place = { file, line, column, endLine: line, endColumn: column + policy.effect.length };
  return source === undefined ? place : { ...place, source };
}

/** What the example is, and how it was decided before. */
function exampleOf(change: AccessChange): string {
  const { witness, own } = change.example;
  const { before, after } = decisions(change);
  const was = before === undefined ? 'there was no such call before' : `it was ${describeDecision(before)}`;
  if (after === undefined)
    return `${describeCall({ witness, decision: own.decision })} before, and there is no such call now`;
  return `${describeCall({ witness, decision: after })}, decided by ${describePolicies({ decision: after })}; ${was}`;
}
