import type { DecisionRecord } from '../../lib/contract/decision-record/record';
import type { JsonObject } from '../../lib/contract/json';
import type { ObservedCall } from '../../lib/decisions/observed-call';
import { CallReader } from '../../lib/decisions/read/read-calls';

/** What is read from some lines; objects are written as JSON. */
export function callsOf(...lines: readonly (string | object)[]): { calls: ObservedCall[]; reader: CallReader } {
  const calls: ObservedCall[] = [];
  const reader = new CallReader((call) => void calls.push(call));
  for (const line of lines) reader.line(typeof line === 'string' ? line : JSON.stringify(line));
  reader.finish();
  return { calls, reader };
}

/** A record as the interceptors write it. */
export function recordOf(more: Partial<DecisionRecord> = {}): DecisionRecord {
  return {
    decisionRecord: 1,
    part: 'call',
    key: 'p_1',
    time: '2026-11-20T10:00:00.000Z',
    caller: 'p_alice',
    tool: 'hr-payroll___create_payout',
    mode: 'ENFORCE',
    sample: 1,
    outcome: 'allowed',
    ...more,
  };
}

/** A line of the platform's application log. */
export function logOf(log: string, body: JsonObject = {}, request_id = 'r-1'): JsonObject {
  return {
    resource_arn: 'arn:aws:bedrock-agentcore:eu-west-1:111122223333:gateway/notes-a1b2c3d4e5',
    event_timestamp: 1_790_862_619_831,
    request_id,
    body: { id: '7', isError: false, log, ...body },
  };
}

/** The lines of one call, in their order, with a decision and whether the target ran. */
export function logLinesOf(
  decision: 'ALLOW' | 'DENY',
  ran: boolean,
  policies: string[],
  request_id = 'r-1',
): JsonObject[] {
  const reason = `Policy evaluation denied due to ${policies.join(', ')}`;
  const policy: JsonObject = {
    decision,
    determiningPolicies: policies,
    principal: { entityType: 'AgentCore::OAuthUser', entityId: 'alice' },
    ...(decision === 'DENY' ? { reason } : {}),
  };
  const requestBody = '{id=7, jsonrpc=2.0, method=tools/call, params={name=notes___read, arguments={a=1}}}';
  const evaluated = decision === 'ALLOW' ? 'Policy evaluation completed' : 'Policy evaluation denied request';
  return [
    logOf('Received request for tools/call method', {}, request_id),
    logOf('Started processing request', { requestBody }, request_id),
    logOf(evaluated, { policy }, request_id),
    ran
      ? logOf('Executing tool notes___read from target ABCDEFGHIJ', {}, request_id)
      : logOf(`Tool Execution Denied: Tool call not allowed due to policy enforcement [${reason}]`, {}, request_id),
    ...(ran ? [logOf('Successfully processed request', { responseBody: '{}' }, request_id)] : []),
  ];
}

/** A span as `aws/spans` has it. */
export function spanOf(name: string, attributes: JsonObject, requestId = 'r-1'): JsonObject {
  return {
    name,
    startTimeUnixNano: 1_790_862_619_831_000_000,
    attributes: { 'aws.request.id': requestId, ...attributes },
  };
}
