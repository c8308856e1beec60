import type { JsonObject } from '../../contract/json';
import { messageId } from './message';
import { encodeResult } from './protocol';
import type { Answer } from './refusal';
import type { StagedMessage } from './staged-message';

const JSON_HEADERS = { 'content-type': 'application/json' };

/** The answer to a notification. */
export const ACCEPTED: Answer = { status: 202, headers: {}, body: undefined };

/** A result in the form of the message's protocol revision. */
export function resultAnswer({ message, version }: StagedMessage, result: JsonObject): Answer {
  const encoded = encodeResult(version, message.method, result);
  return { status: 200, headers: JSON_HEADERS, body: { jsonrpc: '2.0', id: messageId(message), result: encoded } };
}
