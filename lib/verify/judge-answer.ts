import { DENIAL_TEXT, INTERCEPTOR_DENIAL_TEXT } from '../contract/decision';
import { isJsonObject, type JsonObject, type JsonValue } from '../contract/json';
import { JSON_RPC_ERROR } from '../contract/mcp';
import type { CallResult } from '../policy/testing/run/verification-backend';
import type { RawAnswer } from './mcp-caller';

/**
 * What an answer says of the policies. Only a denial in one of the platform's forms, or one of this library's interceptors, is a
 * denial; a 401, a 5xx, a failing tool or arguments that the tool refuses prove nothing.
 *
 * @param policyId id of a policy by the name that the service uses, without its suffix
 */
export function judgeAnswer(answer: RawAnswer, policyId: (name: string) => string): CallResult {
  switch (answer.kind) {
    case 'transport':
      return { ...answer, kind: 'failed' };
    case 'rpc-error':
      return judgeError(answer, policyId);
    case 'result':
      return judgeResult(answer.result, policyId);
  }
}

function judgeError(
  { code, message, data }: RawAnswer & { kind: 'rpc-error' },
  policyId: (name: string) => string,
): CallResult {
  if (message.includes(DENIAL_TEXT)) return policyDenial(message, policyId);
  const reason = isJsonObject(data) ? data['reason'] : undefined;
  const byInterceptor =
    code === JSON_RPC_ERROR.denied && (message.startsWith(INTERCEPTOR_DENIAL_TEXT) || typeof reason === 'string');
  if (byInterceptor) return { kind: 'denied', by: 'interceptor', reason: message };
  // The interceptor checks arguments before the policies would have erred on them: the same outcome, and no denial.
  if (code === JSON_RPC_ERROR.invalidParams && reason === 'invalid-arguments')
    return { kind: 'error', reason: message };
  return { kind: 'failed', message: `${code}: ${message}` };
}

function judgeResult(result: JsonObject, policyId: (name: string) => string): CallResult {
  const text = textOf(result);
  if (result['isError'] !== true) return { kind: 'allowed', answer: answerIn(result, text) };
  if (text.startsWith(`AuthorizeActionException - ${DENIAL_TEXT}`)) return policyDenial(text, policyId);
  return { kind: 'failed', message: `the tool failed: ${text}` };
}

/** An erroring policy looks like a denial from outside. */
function policyDenial(message: string, policyId: (name: string) => string): CallResult {
  const reason = /\[(.*)\]\s*$/s.exec(message)?.[1] ?? message;
  const named = /due to (.+)$/.exec(reason)?.[1];
  const determining = named === undefined || named.startsWith('no determining') ? [] : named.split(', ').map(policyId);
  return { kind: 'denied', by: 'policy', reason, determining, maybeError: true };
}

function textOf(result: JsonObject): string {
  const content = result['content'];
  const first = Array.isArray(content) ? content[0] : undefined;
  const text = isJsonObject(first) ? first['text'] : undefined;
  return typeof text === 'string' ? text : '';
}

function answerIn(result: JsonObject, text: string): JsonValue {
  const structured = result['structuredContent'];
  if (structured !== undefined) return structured;
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    return text;
  }
}
