import type { CallRecord } from '../../call-record';

/** A call of a tool that reached the gateway's policies, or was kept from them by an interceptor. */
export interface MeasuredCall extends CallRecord {
  readonly tool: string;
}

/** Whether telemetry of the platform is about a call: of messages that an interceptor refuses it has neither decision nor span. */
export function isMeasured(record: CallRecord): record is MeasuredCall {
  return record.method === 'tools/call' && record.tool !== undefined && record.refusedBy !== 'auth';
}

/** Ids that are as long as those of OpenTelemetry, the same for the same request. */
export function traceIdOf({ requestId }: CallRecord): string {
  return requestId.replaceAll('-', '').padEnd(32, '0').slice(0, 32);
}

export function nanoseconds(record: CallRecord, plusMilliseconds = 0): number {
  return (Date.parse(record.time) + plusMilliseconds) * 1e6;
}
