import { isExactNumber, isJsonObject, type JsonObject, type JsonValue } from '../../../lib/contract/json';
import { INPUT_NESTING_MAX } from '../../../lib/contract/limits';
import type { JsonRpcId } from '../../../lib/contract/mcp';
import { splitToolName } from '../../../lib/contract/tool-name';
import { inspectJson } from '../json/inspect';
import type { DenialReason } from './denial';
import { hasUnseen, isLookalike, KNOWN_METHODS } from './known-names';

interface Message {
  /** The method as the client wrote it; empty for a client's reply to a question of the server. */
  readonly method: string;
  /** Undefined for a notification, which gets no answer. */
  readonly id: JsonRpcId | undefined;
  readonly params: JsonObject;
}

/** A tool by its names, as `defineTool` and clients say them. */
export interface ToolReference {
  /** Bare name, as in `defineTool`. Tools of two targets may share it. */
  readonly name: string;
  /** Undefined for names without a target, such as the search tool. */
  readonly target: string | undefined;
  /** `target___name`, as clients and Cedar actions say it. */
  readonly fullName: string;
}

export interface InitializeCall extends Message {
  readonly kind: 'initialize';
}

export interface ListCall extends Message {
  readonly kind: 'tools/list' | 'prompts/list' | 'resources/list' | 'resources/templates/list';
}

export interface ToolCall extends Message {
  readonly kind: 'tools/call';
  readonly tool: ToolReference;
  /** Empty when the client sent none. */
  readonly arguments: JsonObject;
}

export interface PromptCall extends Message {
  readonly kind: 'prompts/get';
  readonly name: string;
  readonly arguments: JsonObject;
}

export interface ResourceCall extends Message {
  readonly kind: 'resources/read' | 'resources/subscribe' | 'resources/unsubscribe';
  readonly uri: string;
}

/** A method that no step of the kit looks into, a notification, or a client's reply to a question of the server. */
export interface OtherCall extends Message {
  readonly kind: 'other' | 'notification' | 'reply';
}

/** A client's message, by what it asks for. */
export type Call = InitializeCall | ListCall | ToolCall | PromptCall | ResourceCall | OtherCall;

export interface RefusedMessage {
  readonly refused: DenialReason;
  /** Id to answer with, as far as there is a valid one. */
  readonly id: JsonRpcId;
}

/** Objects in each other in a message: the arguments' own limit, and the message, its params and the argument object around them. */
const MAX_DEPTH = INPUT_NESTING_MAX + 3;

/** Objects around the arguments of a message. */
const ARGUMENTS_AT = 2;

/** Printable ASCII. Look-alikes from other scripts never name a tool of AgentCore. */
const TOOL_NAME = /^[\x21-\x7e]{1,256}$/;

/** Reads the body of a client's message. Never throws: what is not exactly one valid message is refused. */
export function parseCall(body: JsonValue | undefined): Call | RefusedMessage {
  if (Array.isArray(body)) return { refused: 'batch', id: null };
  if (!isJsonObject(body)) return { refused: 'malformed-message', id: null };
  const id = own(body, 'id');
  if (!isValidId(id)) return { refused: 'malformed-message', id: null };
  const refuse = (refused: DenialReason): RefusedMessage => ({ refused, id: id ?? null });
  if (own(body, 'jsonrpc') !== '2.0' || Object.keys(body).some(isLookalike)) return refuse('malformed-message');
  const flaw = inspectJson(body, MAX_DEPTH);
  if (flaw !== undefined) return refuse(flaw);
  const method = own(body, 'method');
  if (method === undefined && (Object.hasOwn(body, 'result') || Object.hasOwn(body, 'error'))) {
    return { kind: 'reply', method: '', id, params: {} };
  }
  if (typeof method !== 'string' || method === '') return refuse('malformed-message');
  if (!KNOWN_METHODS.has(method)) return refuse('unsupported-message');
  const params = own(body, 'params') ?? {};
  if (!isJsonObject(params) || Object.keys(params).some(isLookalike)) return refuse('invalid-params');
  return typed({ method, id, params }) ?? refuse('invalid-params');
}

/** A call with other arguments, which is all of it that needs to be looked at again. */
export function withArguments(call: ToolCall | PromptCall, args: JsonObject): Call | RefusedMessage {
  const flaw = isJsonObject(args) ? inspectJson(args, MAX_DEPTH - ARGUMENTS_AT) : 'invalid-params';
  if (flaw !== undefined) return { refused: flaw, id: null };
  return { ...call, params: { ...call.params, arguments: args }, arguments: args };
}

export function isRefused(call: Call | RefusedMessage): call is RefusedMessage {
  return 'refused' in call;
}

function typed(message: Message): Call | undefined {
  const { method, params } = message;
  switch (method) {
    case 'initialize':
      return { ...message, kind: method };
    case 'tools/list':
    case 'prompts/list':
    case 'resources/list':
    case 'resources/templates/list':
      return { ...message, kind: method };
    case 'tools/call': {
      const name = textMember(params, 'name');
      const args = objectMember(params, 'arguments');
      if (name === undefined || args === undefined || !TOOL_NAME.test(name)) return undefined;
      // Not by spreading: a shape of its own for each call took a sixth of a warm call.
      return { method, id: message.id, params, kind: method, tool: toolReference(name), arguments: args };
    }
    case 'prompts/get': {
      const name = textMember(params, 'name');
      const args = objectMember(params, 'arguments');
      if (name === undefined || args === undefined || hasUnseen(name)) return undefined;
      return { ...message, kind: method, name, arguments: args };
    }
    case 'resources/read':
    case 'resources/subscribe':
    case 'resources/unsubscribe': {
      const uri = textMember(params, 'uri');
      return uri === undefined || hasUnseen(uri) ? undefined : { ...message, kind: method, uri };
    }
    default:
      return { ...message, kind: method.startsWith('notifications/') ? 'notification' : 'other' };
  }
}

function toolReference(fullName: string): ToolReference {
  const parts = splitToolName(fullName);
  return { name: parts?.tool ?? fullName, target: parts?.target, fullName };
}

/** A member that the object itself has: none that every object inherits. */
function own(object: JsonObject, name: string): JsonValue | undefined {
  return Object.hasOwn(object, name) ? object[name] : undefined;
}

function textMember(object: JsonObject, name: string): string | undefined {
  const value = own(object, name);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function objectMember(object: JsonObject, name: string): JsonObject | undefined {
  const value = own(object, name) ?? {};
  return isJsonObject(value) ? value : undefined;
}

function isValidId(id: JsonValue | undefined): id is JsonRpcId | undefined {
  if (typeof id === 'number') return isExactNumber(id);
  return id === undefined || id === null || typeof id === 'string';
}
