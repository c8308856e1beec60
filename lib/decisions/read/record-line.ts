import type { Outcome } from '../../contract/decision';
import { DENIED_BY_DEFAULT } from '../../contract/decision';
import { isDecisionRecord } from '../../contract/decision-record/is-record';
import type { DecisionRecord } from '../../contract/decision-record/record';
import type { JsonObject } from '../../contract/json';
import { type PartialCall, policiesOfReason } from './partial-call';

/** A line of this library's own records. */
export function recordLine(line: JsonObject): PartialCall | undefined {
  if (!isDecisionRecord(line)) return undefined;
  const record: DecisionRecord = line;
  const outcome = outcomeOf(record);
  const policies = record.decided?.policies ?? policiesOf(record);
  const { requestId, caller, tool, mode, reason, time, part } = record;
  return {
    source: 'record',
    key: record.key,
    time,
    tool,
    mode,
    record,
    ...(requestId === undefined ? {} : { requestId }),
    ...(caller === null ? {} : { caller }),
    ...(outcome === undefined ? {} : { outcome }),
    ...(policies === undefined ? {} : { policies }),
    ...(reason === undefined ? {} : { reason }),
    ...(record.decided === undefined
      ? {}
      : { flipping: record.decided.flipping, mismatched: record.decided.mismatched }),
    isWhole: part === 'call',
  };
}

/** What the policies said, as far as the ending tells: under LOG_ONLY every call goes through, whatever they say. */
function outcomeOf({ decided, outcome, refusedBy, mode }: DecisionRecord): Outcome | undefined {
  if (decided !== undefined) return decided.outcome;
  if (refusedBy === 'policy') return outcome === 'undecided' ? 'ERROR' : 'DENY';
  const ran = outcome === 'allowed' || outcome === 'failed';
  return ran && mode === 'ENFORCE' ? 'ALLOW' : undefined;
}

function policiesOf({ refusedBy, reason }: DecisionRecord): string[] | undefined {
  if (refusedBy !== 'policy') return undefined;
  return reason === DENIED_BY_DEFAULT ? [] : policiesOfReason(reason);
}
