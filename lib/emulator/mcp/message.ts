import type { Headers } from '../../contract/interceptor-payload';
import { isExactNumber, isJsonObject, isWithinDepth, type JsonObject, type JsonValue } from '../../contract/json';
import { JSON_RPC_ERROR, type JsonRpcId, type JsonRpcRequest } from '../../contract/mcp';
import { Refusal } from './refusal';

/**
 * Objects and lists in each other, beyond which a message could not be written as JSON for interceptors and tools. Policies take far less.
 */
const MAX_DEPTH = 1_000;

/** A message as it came over HTTP. */
export interface RawMessage {
  /** The body's text, which interceptors see unchanged. */
  readonly text: string;
  readonly headers: Headers;
}

/** The id to answer under. */
export function messageId(message: JsonRpcRequest | undefined): JsonRpcId {
  return message?.id ?? null;
}

/** Parses a body. Throws a refusal for anything that is not one JSON-RPC request or notification. */
export function parseMessage(text: string): JsonRpcRequest {
  let body: JsonValue;
  try {
    body = JSON.parse(text) as JsonValue;
  } catch {
    throw new Refusal(400, JSON_RPC_ERROR.parseError, 'Parse error');
  }
  return asMessage(body);
}

/** Takes a parsed body as a message. Batches are refused: the platform is silent about them. */
export function asMessage(body: JsonValue): JsonRpcRequest {
  if (!isJsonObject(body) || body['jsonrpc'] !== '2.0' || typeof body['method'] !== 'string') throw invalidRequest();
  const { id, params } = body;
  if (id !== undefined && !isValidId(id)) throw invalidRequest();
  if (params !== undefined && !isJsonObject(params)) throw invalidRequest();
  if (!isWithinDepth(body, MAX_DEPTH)) throw invalidRequest('Invalid Request: the message nests too deep');
  return body as unknown as JsonRpcRequest;
}

/** An id that JavaScript has rounded would answer somebody else's request. */
function isValidId(id: JsonValue): boolean {
  return typeof id === 'number' ? isExactNumber(id) : typeof id === 'string';
}

function invalidRequest(text = 'Invalid Request'): Refusal {
  return new Refusal(400, JSON_RPC_ERROR.invalidRequest, text);
}

export function paramsOf(message: JsonRpcRequest): JsonObject {
  return message.params ?? {};
}

export function isNotification(message: JsonRpcRequest): boolean {
  return message.id === undefined;
}
