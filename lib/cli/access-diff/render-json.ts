import type { Decision } from '../../policy/decision/model';
import type { AccessChange } from '../../policy/proof/access-diff/access-change';
import { shownInput } from '../../policy/proof/invariants/describe-call';
import { decisions, sentencesOf } from './describe-change';
import type { GatewayDiff } from './gateway-diff';

/** What a change does to the access to a gateway, for a program. */
export function diffJson({ pair, diff }: GatewayDiff): object {
  const { undecided, policies, tools, unchanged, unused } = diff;
  return {
    gateway: pair.label,
    changes: diff.changes.map(changeJson),
    undecided: undecided.map(({ direction, tool, cause, reason }) => ({
      direction,
      tool,
      cause: causeJson(cause),
      reason,
    })),
    policies: policies.map(({ id, kind }) => ({ id, kind })),
    tools,
    unchanged,
    unusedAllowances: unused,
    notes: pair.notes,
  };
}

function changeJson(change: AccessChange): object {
  const { direction, cause, tools, wholly, isMeant, deciders, example } = change;
  const deciding = (isOfCaller: boolean): object[] =>
    deciders
      .filter((one) => one.isOfCaller === isOfCaller)
      .map(({ part, examples, ...decider }) => ({ on: part, tools: decider.tools, examples }));
  const { claims, call } = example.witness;
  const { before, after } = decisions(change);
  return {
    direction,
    cause: causeJson(cause),
    tools,
    everyCallOf: wholly,
    isMeant,
    callersDependOn: deciding(true),
    argumentsDependOn: deciding(false),
    example: {
      claims,
      principal: call.principal.id,
      tool: call.tool,
      input: shownInput(call),
      now: call.now,
      before: before === undefined ? null : decisionJson(before),
      after: after === undefined ? null : decisionJson(after),
    },
  };
}

function causeJson(cause: AccessChange['cause']): object {
  if (cause.kind !== 'policy') return cause;
  const { id, kind, before, after } = cause.change;
  const { origin, baseline } = (after ?? before)?.policy ?? {};
  return { kind: 'policy', policy: id, change: kind, origin, baseline, sentences: sentencesOf(cause) };
}

function decisionJson({ outcome, determining, errors }: Decision): object {
  return { outcome, determining, errors };
}
