import type { EnforcementMode, Outcome } from '../../contract/decision';
import { isJsonObject, type JsonObject, type JsonValue } from '../../contract/json';
import { policyNameOf } from '../../contract/service-id';
import { timeOf } from './line-time';
import type { PartialCall } from './partial-call';

const POLICY = 'aws.agentcore.policy.';

/**
 * A span of a call, as the log group `aws/spans` has it. `AgentCore.Gateway.InvokeTool` knows tool, decision and mode,
 * `AgentCore.Policy.AuthorizeAction` the policies; both the request's id. Neither knows the caller. Undefined for any other span.
 */
export function spanLine(line: JsonObject): PartialCall | undefined {
  const { name, attributes } = line;
  if (typeof name !== 'string' || !isJsonObject(attributes)) return undefined;
  const requestId = attributes['aws.request.id'];
  if (typeof requestId !== 'string') return undefined;
  const known: PartialCall = { source: 'span', key: requestId, requestId, ...timeOf(line['startTimeUnixNano'], 1e6) };
  const mode = attributes['aws.agentcore.gateway.policy.mode'];
  const common = { ...known, ...(isMode(mode) ? { mode } : {}), ...outcomeOf(attributes) };
  if (name === 'AgentCore.Gateway.InvokeTool') {
    const tool = attributes['tool.name'];
    return typeof tool === 'string' ? { ...common, tool } : undefined;
  }
  if (name !== 'AgentCore.Policy.AuthorizeAction') return undefined;
  const reason = attributes[`${POLICY}authorization_reason`];
  return {
    ...common,
    policies: idsOf(attributes['aws.agentcore.policy.determining_policies']),
    flipping: idsOf(attributes[`${POLICY}log_only_decision_flipping_policies`]),
    mismatched: [
      ...idsOf(attributes[`${POLICY}log_only_mismatched_policies`]),
      ...idsOf(attributes[`${POLICY}mismatched_policies`]),
    ],
    ...(typeof reason === 'string' ? { reason } : {}),
  };
}

function isMode(value: JsonValue | undefined): value is EnforcementMode {
  return value === 'ENFORCE' || value === 'LOG_ONLY';
}

function outcomeOf(attributes: JsonObject): { outcome?: Outcome } {
  const decision = attributes[`${POLICY}authorization_decision`];
  if (decision === 'ALLOW' || decision === 'DENY') return { outcome: decision };
  return {};
}

function idsOf(value: JsonValue | undefined): string[] {
  return Array.isArray(value) ? value.filter((id) => typeof id === 'string').map(policyNameOf) : [];
}
