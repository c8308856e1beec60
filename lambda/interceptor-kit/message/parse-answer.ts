import { isJsonObject, type JsonObject, type JsonValue } from '../../../lib/contract/json';
import { editMembers } from '../json/edit';
import type { Result } from './result';

/** An answer of the gateway in its parts. */
export interface Answer {
  readonly kind: Result['kind'];
  /** Member of the body that holds the payload. */
  readonly member: 'result' | 'error' | 'params';
  readonly payload: JsonObject;
  readonly body: JsonObject;
}

/** Members of an answer. Others are left out: no step looks at them, and no client of the protocol reads them. */
const MEMBERS = new Set(['jsonrpc', 'id', 'result', 'error', 'method', 'params']);

/** Reads the body of an answer. Undefined for anything but exactly one JSON-RPC result, error or question of the server. */
export function parseAnswer(received: JsonValue | undefined): Answer | undefined {
  if (!isJsonObject(received)) return undefined;
  const body = editMembers(received, (member, name = '') => (MEMBERS.has(name) ? member : undefined)) as JsonObject;
  const found = (['result', 'error', 'method'] as const).filter((member) => Object.hasOwn(body, member));
  const [only] = found;
  if (only === undefined || found.length > 1) return undefined;
  if (only === 'method') {
    const payload = Object.hasOwn(body, 'params') ? body['params'] : {};
    return isJsonObject(payload) ? { kind: 'server-request', member: 'params', payload, body } : undefined;
  }
  // Parameters belong to a question only.
  if (Object.hasOwn(body, 'params')) return undefined;
  const payload = body[only];
  if (!isJsonObject(payload)) return undefined;
  if (only === 'error' && typeof payload['code'] !== 'number') return undefined;
  return { kind: only, member: only, payload, body };
}

/** The answer with another payload. */
export function withPayload(answer: Answer, payload: JsonObject): Answer {
  return { ...answer, payload, body: { ...answer.body, [answer.member]: payload } };
}
