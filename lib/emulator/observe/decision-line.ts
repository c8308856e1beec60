import { pseudonymOf } from '../../contract/decision-record/pseudonyms';
import { DECISION_RECORD_VERSION, type DecisionRecord } from '../../contract/decision-record/record';
import type { CallRecord } from '../call-record';

/** Pseudonyms of local callers are only names: whoever runs the emulator knows them all. So they may be the same in every run. */
const LOCAL_KEY = 'emulator';

/** The record of a call, as the interceptors write it and with what the policies said. Undefined for whatever is no call of a tool. */
export function decisionLine(record: CallRecord): DecisionRecord | undefined {
  const { method, tool, refusedBy, recorded, requestId, principal, mode, time } = record;
  if (method !== 'tools/call' || tool === undefined || refusedBy === 'auth') return undefined;
  const decided = decidedOf(record);
  if (decided === undefined && refusedBy === undefined) return undefined;
  return {
    decisionRecord: DECISION_RECORD_VERSION,
    part: 'call',
    key: pseudonymOf(LOCAL_KEY, 'call', requestId),
    time: recorded?.time ?? time,
    requestId,
    caller: principal === undefined || principal.id === '' ? null : pseudonymOf(LOCAL_KEY, 'caller', principal.id),
    tool,
    mode,
    sample: 1,
    ...(recorded === undefined ? {} : { schema: recorded.schema, input: recorded.input }),
    ...endingOf(record),
    ...(decided === undefined ? {} : { decided }),
  };
}

function decidedOf({ outcome, determining, flips }: CallRecord): DecisionRecord['decided'] {
  if (outcome === undefined) return undefined;
  const of = (isError: boolean): string[] =>
    flips.filter(({ to }) => (to === 'ERROR') === isError).map(({ policy }) => policy);
  return { outcome, policies: determining, flipping: of(false), mismatched: of(true) };
}

function endingOf({
  outcome,
  allowed,
  reason,
  error,
}: CallRecord): Pick<DecisionRecord, 'outcome' | 'refusedBy' | 'reason'> {
  if (outcome === undefined)
    return {
      outcome: 'denied',
      refusedBy: 'interceptor',
      ...(error === undefined ? {} : { reason: `error ${error}` }),
    };
  if (allowed) return { outcome: 'allowed' };
  return {
    outcome: outcome === 'ERROR' ? 'undecided' : 'denied',
    refusedBy: 'policy',
    ...(reason === undefined ? {} : { reason }),
  };
}
