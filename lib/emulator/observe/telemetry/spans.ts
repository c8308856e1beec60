import type { JsonObject } from '../../../contract/json';
import { LOCAL_ENGINE_ARN, LOCAL_GATEWAY_ARN, LOCAL_GATEWAY_ID, localPolicyId } from '../../../contract/local-arn';
import { splitToolName } from '../../../contract/tool-name';
import { type MeasuredCall, nanoseconds, traceIdOf } from './measured-call';

const POLICY = 'aws.agentcore.policy.';

/** The spans of a call, as the log group `aws/spans` has them. None for a call that an interceptor refused, as on a live gateway. */
export function spans(call: MeasuredCall): JsonObject[] {
  if (call.outcome === undefined) return [];
  const decision = call.outcome === 'ALLOW' ? 'ALLOW' : 'DENY';
  const denied = call.allowed !== true;
  const [server, policy, client] = ['1', '2', '3'].map((end) => `${traceIdOf(call).slice(0, 15)}${end}`);
  const { durations, total } = call;
  const common = { 'aws.request.id': call.requestId, 'aws.resource.arn': LOCAL_GATEWAY_ARN };
  const mode = { 'aws.agentcore.gateway.policy.mode': call.mode, 'aws.agentcore.gateway.policy.arn': LOCAL_ENGINE_ARN };
  const invoke = span(call, 'AgentCore.Gateway.InvokeTool', 'SERVER', server, undefined, total, {
    ...common,
    ...mode,
    'tool.name': call.tool,
    'gateway.id': LOCAL_GATEWAY_ID,
    'gateway.name': LOCAL_GATEWAY_ID,
    [`${POLICY}authorization_decision`]: decision,
    'http.response.status_code': call.status,
    'url.path': '/mcp',
    latency_ms: Math.ceil(total),
    overhead_latency_ms: Math.ceil(total - (durations.target ?? 0)),
    ...(durations.target === undefined ? {} : { execute_tool_latency_ms: Math.ceil(durations.target) }),
    ...(denied ? { 'jsonrpc.error.code': -32002 } : {}),
  });
  const [flipping, mismatched] = [(to: string) => to !== 'ERROR', (to: string) => to === 'ERROR'].map((keeps) =>
    call.flips.filter(({ to }) => keeps(to)).map((flip) => localPolicyId(flip.policy)),
  );
  const authorize = span(call, 'AgentCore.Policy.AuthorizeAction', 'CLIENT', policy, server, durations.policy ?? 0, {
    'aws.request.id': call.requestId,
    ...mode,
    [`${POLICY}authorization_decision`]: decision,
    [`${POLICY}determining_policies`]: call.determining.map(localPolicyId),
    [`${POLICY}target_resource.id`]: LOCAL_GATEWAY_ID,
    [`${POLICY}mismatched_policies`]: call.outcome === 'ERROR' ? (call.erring ?? []).map(localPolicyId) : [],
    ...(decision === 'DENY' ? { [`${POLICY}authorization_reason`]: call.reason ?? '' } : {}),
    ...(flipping?.length ? { [`${POLICY}log_only_decision_flipping_policies`]: flipping } : {}),
    ...(mismatched?.length ? { [`${POLICY}log_only_mismatched_policies`]: mismatched } : {}),
  });
  if (denied) return [invoke, authorize];
  const target = splitToolName(call.tool)?.target ?? '';
  const ran = span(call, `AgentCore.Gateway.InvokeTool.${call.tool}`, 'CLIENT', client, server, durations.target ?? 0, {
    'aws.request.id': call.requestId,
    'target.type': 'LAMBDA',
    targetId: target,
  });
  return [invoke, authorize, ran];
}

function span(
  call: MeasuredCall,
  name: string,
  kind: 'SERVER' | 'CLIENT',
  spanId: string | undefined,
  parentSpanId: string | undefined,
  milliseconds: number,
  attributes: JsonObject,
): JsonObject {
  return {
    traceId: traceIdOf(call),
    spanId: spanId ?? '',
    ...(parentSpanId === undefined ? {} : { parentSpanId }),
    name,
    kind,
    startTimeUnixNano: nanoseconds(call),
    endTimeUnixNano: nanoseconds(call, milliseconds),
    status: { code: attributes['jsonrpc.error.code'] === undefined ? 'UNSET' : 'ERROR' },
    attributes,
  };
}
