import { JSON_RPC_ERROR, type JsonRpcId, type JsonRpcResponse } from './mcp';

/**
 * The three outcomes of a call. ERROR is a denial too: a policy that errors fails the request on the platform,
 * where stock Cedar would skip the policy.
 */
export type Outcome = 'ALLOW' | 'DENY' | 'ERROR';

/** The mode in which a policy engine is attached to a gateway. [model] */
export type EnforcementMode = 'LOG_ONLY' | 'ENFORCE';

/** Whether a policy takes part in decisions or is only evaluated for the log. [model] */
export type PolicyEnforcement = 'ACTIVE' | 'LOG_ONLY';

/** [model] What the service does with findings of its own analysis. */
export type ValidationMode = 'FAIL_ON_ANY_FINDINGS' | 'IGNORE_ALL_FINDINGS';

/** Reason that AgentCore gives when no policy matched. Source: developer guide, page policy-use-errors. */
export const DENIED_BY_DEFAULT = 'No policy applies to the request (denied by default).';

/** Both known shapes of a denial contain this text; `-32002` alone proves nothing. */
export const DENIAL_TEXT = 'Tool Execution Denied:';

/** Start of the message of every denial by this library's interceptors. */
export const INTERCEPTOR_DENIAL_TEXT = 'Request denied:';

/** How AgentCore reports a denied `tools/call`: `error` is a JSON-RPC error, `result` a tool result with isError. */
export type DenialShape = 'error' | 'result';

/** The answer to a denied `tools/call`, HTTP status 200 in both shapes. */
export function denialResponse(id: JsonRpcId, reason: string, shape: DenialShape = 'error'): JsonRpcResponse {
  const text = `${DENIAL_TEXT} Tool call not allowed due to policy enforcement [${reason}]`;
  if (shape === 'error') return { jsonrpc: '2.0', id, error: { code: JSON_RPC_ERROR.denied, message: text } };
  const content = [{ type: 'text', text: `AuthorizeActionException - ${text}` }];
  return { jsonrpc: '2.0', id, result: { content, isError: true } };
}

/** The policy's part of the reason, when a forbid decided. */
export function forbiddenBy(policies: readonly string[]): string {
  return `Policy evaluation denied due to ${policies.join(', ')}`;
}

/** Reason when permits decided. It goes to logs and tests only: no client sees it. */
export function allowedBy(policies: readonly string[]): string {
  return `Policy evaluation allowed due to ${policies.join(', ')}`;
}

/** Reason when a policy erred, or when the arguments do not fit the tool's schema. Platform assumption: the text is unknown. */
export const EVALUATION_FAILED = 'Policy evaluation failed.';
