import { INTERCEPTOR_DENIAL_TEXT } from '../../../lib/contract/decision';
import type { JsonObject, JsonValue } from '../../../lib/contract/json';
import { JSON_RPC_ERROR, type JsonRpcError, type JsonRpcId } from '../../../lib/contract/mcp';

const { invalidRequest, invalidParams, internalError, unauthorized, denied } = JSON_RPC_ERROR;

/**
 * Why the kit and its steps deny. The keys are stable: clients find them as `error.data.reason`. The texts name no internals:
 * no claim, table, policy, group or stack.
 */
export const DENIALS = {
  'malformed-message': { code: invalidRequest, text: 'the message is not a single JSON-RPC message' },
  batch: { code: invalidRequest, text: 'batches are not accepted, send one message at a time' },
  'too-deep': { code: invalidParams, text: 'the message nests too deep' },
  'inexact-number': { code: invalidParams, text: 'the message has a number that cannot be carried exactly' },
  'invalid-params': { code: invalidParams, text: 'the parameters do not fit the method' },
  'unknown-tool': { code: invalidParams, text: 'there is no such tool' },
  'invalid-arguments': { code: invalidParams, text: 'the arguments do not fit the tool' },
  'argument-limit': { code: invalidParams, text: 'the arguments are beyond the limits of the tool' },
  unauthenticated: { code: unauthorized, text: 'the caller is not known' },
  'spoofed-field': { code: denied, text: 'the arguments contain a value that only the gateway may set' },
  'context-unavailable': { code: denied, text: 'the caller lacks what this tool requires' },
  'not-allowed': { code: denied, text: 'this is not allowed for the caller' },
  'guardrail-input': { code: denied, text: 'a guardrail blocked the arguments' },
  'guardrail-output': { code: denied, text: 'a guardrail blocked the result' },
  'result-withheld': { code: denied, text: 'the result cannot be shown to the caller' },
  'unreadable-response': { code: internalError, text: 'the answer cannot be checked' },
  'too-large': { code: internalError, text: 'the message is too large' },
  'empty-response': { code: internalError, text: 'there is no answer' },
  'unsupported-message': { code: denied, text: 'messages of this kind are not accepted' },
  'exchange-failed': { code: internalError, text: 'no credentials for the target' },
  'audit-failed': { code: internalError, text: 'the call cannot be recorded' },
  misconfigured: { code: internalError, text: 'the gateway is not set up to decide' },
  'step-failed': { code: internalError, text: 'the gateway could not decide' },
  'step-timeout': { code: internalError, text: 'the gateway could not decide in time' },
} as const satisfies { [reason: string]: { code: number; text: string } };

export type DenialReason = keyof typeof DENIALS;

/** A denial as a step makes it. */
export interface Denial {
  /** Stable word for programs. */
  readonly reason: string;
  /** Sentence for people and agents, without internals. */
  readonly text: string;
  /** JSON-RPC error code. */
  readonly code: number;
  /** What the client may correct, such as the names of arguments. */
  readonly details?: readonly string[];
}

export function denialOf(reason: DenialReason, details?: readonly string[]): Denial {
  return { reason, ...DENIALS[reason], ...(details === undefined ? {} : { details }) };
}

/** The id for an answer to a message with this id; null when it is none. */
export function answerId(id: JsonValue | undefined): JsonRpcId {
  return typeof id === 'string' || typeof id === 'number' ? id : null;
}

/** The JSON-RPC answer to a denied message. */
export function denialBody(id: JsonRpcId, denial: Denial, requestId: string): JsonObject {
  const { reason, details } = denial;
  const data: JsonObject = { reason, requestId };
  if (details !== undefined) data['details'] = [...details];
  // Many clients show the message alone to their model, which needs the details to correct itself.
  const text = details === undefined || details.length === 0 ? denial.text : `${denial.text}: ${details.join('; ')}`;
  const error: JsonRpcError = { code: denial.code, message: `${INTERCEPTOR_DENIAL_TEXT} ${text}`, data };
  return { jsonrpc: '2.0', id, error };
}
