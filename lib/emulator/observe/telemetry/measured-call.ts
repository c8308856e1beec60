import { LOCAL_GATEWAY_ARN } from '../../../contract/local-arn';
import type { CallRecord } from '../../call-record';

/** A call of a tool that reached the gateway's policies, or was kept from them by an interceptor. */
export interface MeasuredCall extends CallRecord {
  readonly tool: string;
}

/** Whether telemetry of the platform is about a call: of messages that an interceptor refuses it has neither decision nor span. */
export function isMeasured(record: CallRecord): record is MeasuredCall {
  return record.method === 'tools/call' && record.tool !== undefined && record.refusedBy !== 'auth';
}

export const GATEWAY_ID = LOCAL_GATEWAY_ARN.slice(LOCAL_GATEWAY_ARN.lastIndexOf('/') + 1);
export const GATEWAY_ARN = LOCAL_GATEWAY_ARN;
export const ENGINE_ID = 'local-engine';
export const ENGINE_ARN = `${LOCAL_GATEWAY_ARN.replace(/:gateway\/.*$/, '')}:policy-engine/${ENGINE_ID}`;

/** Id of a policy as the service gives it: the name with ten characters. */
export function servicePolicyId(policy: string): string {
  return `${policy}-local00000`;
}

/** Ids that are as long as those of OpenTelemetry, the same for the same request. */
export function traceIdOf({ requestId }: CallRecord): string {
  return requestId.replaceAll('-', '').padEnd(32, '0').slice(0, 32);
}

export function nanoseconds(record: CallRecord, plusMilliseconds = 0): number {
  return (Date.parse(record.time) + plusMilliseconds) * 1e6;
}
