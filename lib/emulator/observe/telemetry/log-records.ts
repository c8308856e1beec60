import { DENIAL_TEXT } from '../../../contract/decision';
import type { JsonObject } from '../../../contract/json';
import { LOCAL_ENGINE_ARN, LOCAL_GATEWAY_ARN, localPolicyId } from '../../../contract/local-arn';
import { splitToolName } from '../../../contract/tool-name';
import { javaMap } from './java-map';
import { type MeasuredCall, nanoseconds, traceIdOf } from './measured-call';

/**
 * The lines that the platform's application log has of a call, in its shapes: see docs/decisions.md. Arguments are in clear, as there. A denial
 * that is only logged looks like a real one, but the tool is executed.
 */
export function logRecords(call: MeasuredCall): JsonObject[] {
  const lines = [
    line(call, 'Received request for tools/call method'),
    line(call, 'Started processing request', { requestBody: requestBody(call) }),
  ];
  if (call.outcome === undefined) return lines;
  const isDenied = call.outcome !== 'ALLOW';
  const evaluated = isDenied ? 'Policy evaluation denied request' : 'Policy evaluation completed';
  lines.push(line(call, evaluated, { policy: policyOf(call) }, isDenied));
  if (call.allowed !== true) {
    lines.push(
      line(call, `${DENIAL_TEXT} Tool call not allowed due to policy enforcement [${call.reason ?? ''}]`, {}, true),
    );
    return lines;
  }
  lines.push(line(call, `Executing tool ${call.tool} from target ${splitToolName(call.tool)?.target ?? ''}`));
  lines.push(
    line(call, 'Successfully processed request', { responseBody: javaMap({ jsonrpc: '2.0', id: call.number }) }),
  );
  return lines;
}

function requestBody({ number, tool, input = {} }: MeasuredCall): string {
  return javaMap({ id: number, jsonrpc: '2.0', method: 'tools/call', params: { name: tool, arguments: input } });
}

function policyOf({ outcome, determining, reason, principal, durations }: MeasuredCall): JsonObject {
  return {
    decision: outcome === 'ALLOW' ? 'ALLOW' : 'DENY',
    policyEngineArn: LOCAL_ENGINE_ARN,
    determiningPolicies: determining.map(localPolicyId),
    ...(outcome === 'ALLOW' ? {} : { reason: withServiceIds(reason ?? '', determining) }),
    latencyMs: Math.ceil(durations.policy ?? 0),
    ...(principal === undefined ? {} : { principal: { entityType: principal.type, entityId: principal.id } }),
  };
}

/** The reason names policies by the ids of the service. */
function withServiceIds(reason: string, determining: readonly string[]): string {
  return determining.length === 0
    ? reason
    : `Policy evaluation denied due to ${determining.map(localPolicyId).join(', ')}`;
}

function line(call: MeasuredCall, log: string, body: JsonObject = {}, isError = false): JsonObject {
  const time = Date.parse(call.time);
  return {
    resource_arn: LOCAL_GATEWAY_ARN,
    event_timestamp: time,
    timeUnixNano: nanoseconds(call),
    severityNumber: isError ? 17 : 9,
    severityText: isError ? 'ERROR' : 'INFO',
    account_id: '111122223333',
    request_id: call.requestId,
    trace_id: traceIdOf(call),
    span_id: traceIdOf(call).slice(0, 16),
    attributes: { 'aws.account.id': '111122223333' },
    body: { id: String(call.number), isError, log, ...body },
  };
}
