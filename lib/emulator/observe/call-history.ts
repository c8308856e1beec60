import type { StepTrace } from '../../contract/step-trace';
import type { CallDetails } from '../call-details';
import type { CallRecord } from '../call-record';
import { excerpt } from './excerpt';

/** Calls that are remembered, and how many of them in full. */
const REMEMBERED = 10_000;
const IN_FULL = 500;

/** Characters of one JSON value that are kept: 500 calls of 6 MB each would be more than there is room for. */
const MAX_VALUE = 16_384;

/** One call with as much as is still known of it. */
export interface RememberedCall {
  readonly record: CallRecord;
  /** Undefined for one that is long ago. */
  readonly details?: CallDetails;
}

/** Which calls are wanted. The last ones that fit are given. */
export interface CallQuery {
  /** Numbers between which they lie. */
  readonly after?: number;
  readonly before?: number;
  readonly limit?: number;
  /** Whether only those that did not get through are wanted. */
  readonly refused?: boolean;
  /** Text that the caller, tool, method, policy or reason holds, whatever its case. */
  readonly text?: string;
}

/** The last calls, as the page and `why` read them. */
export class CallHistory {
  private readonly calls: RememberedCall[] = [];

  add(record: CallRecord, details: CallDetails): void {
    this.calls.push(forPage(record, details));
    const aged = this.calls.length - IN_FULL - 1;
    const old = this.calls[aged];
    if (old !== undefined) this.calls[aged] = { record: short(old.record) };
    if (this.calls.length > REMEMBERED) this.calls.shift();
  }

  /** Number of the last call; 0 before the first. */
  get last(): number {
    return this.calls.at(-1)?.record.number ?? 0;
  }

  find(number: number): RememberedCall | undefined {
    return this.calls.findLast(({ record }) => record.number === number);
  }

  /** The oldest first. */
  list({ after = 0, before = Infinity, limit = IN_FULL, refused = false, text = '' }: CallQuery): CallRecord[] {
    const wanted = text.toLowerCase();
    const found: CallRecord[] = [];
    for (let index = this.calls.length - 1; index >= 0 && found.length < limit; index -= 1) {
      const { record } = this.calls[index] as RememberedCall;
      if (record.number <= after) break;
      if (record.number >= before || (refused && !wasRefused(record)) || !holds(record, wanted)) continue;
      found.push(record);
    }
    return found.reverse();
  }
}

/** Whether a call did not get through, or would not have. */
function wasRefused({ outcome, refusedBy, status, error }: CallRecord): boolean {
  return refusedBy !== undefined || status >= 400 || error !== undefined || (outcome ?? 'ALLOW') !== 'ALLOW';
}

function holds({ who, tool = '', method, determining, why = '' }: CallRecord, wanted: string): boolean {
  if (wanted === '') return true;
  return [who, tool, method, why, ...determining].some((part) => part.toLowerCase().includes(wanted));
}

/** What the page shows: nothing that is long, and nothing twice. */
function forPage(record: CallRecord, details: CallDetails): RememberedCall {
  const { recorded: _, input, ...kept } = record;
  const isShort = sizeOf(input) <= MAX_VALUE;
  const { sent, steps, decided, answer, received, claims } = details;
  return {
    record: isShort && input !== undefined ? { ...kept, input } : kept,
    details: {
      ...(claims && { claims }),
      ...(sent !== undefined && { sent: cut(sent) }),
      steps: { request: steps.request.map(shortStep), response: steps.response.map(shortStep) },
      // Whoever wants to know why needs the arguments.
      ...(decided && isShort && { decided }),
      ...(answer !== undefined && { answer: cut(answer) }),
      ...(received !== undefined && { received: received === answer ? cut(answer) : cut(received) }),
    },
  };
}

function short(record: CallRecord): CallRecord {
  const { input: _, explanation: __, ...kept } = record;
  return kept;
}

function shortStep(trace: StepTrace): StepTrace {
  if (sizeOf(trace) <= MAX_VALUE) return trace;
  const { step, ms, outcome } = trace;
  return { step, ms, outcome };
}

function sizeOf(value: object | undefined): number {
  return value === undefined ? 0 : JSON.stringify(value).length;
}

/** The value, or the beginning of its text. */
function cut<T>(value: T): T | string {
  const text = JSON.stringify(value);
  return text.length <= MAX_VALUE ? value : `${excerpt(text, MAX_VALUE)} ... ${text.length} characters`;
}
