import type { JsonRpcRequest } from '../../contract/mcp';
import { headerOf } from '../http/exchange';
import type { Caller, ServingGateway } from '../serving';
import type { StagedMessage } from '../stages/interceptor-call';
import type { RawMessage } from './message';
import { negotiatedVersion, STATELESS_VERSION } from './protocol';
import { SESSION_HEADER } from './sessions';

/** Checks that the protocol version and the session of a message are good. Throws a refusal. */
export function openMessage(
  message: JsonRpcRequest,
  raw: RawMessage,
  caller: Caller,
  gateway: ServingGateway,
): StagedMessage {
  const version = negotiatedVersion(message, raw.headers, gateway.manifest.gateway.protocolVersions);
  if (needsSession(message, version)) {
    gateway.sessions?.check(headerOf(raw.headers, SESSION_HEADER), caller.principal.id);
  }
  return { raw: raw.text, headers: raw.headers, message, version, added: {} };
}

function needsSession(message: JsonRpcRequest, version: string): boolean {
  return message.method !== 'initialize' && version !== STATELESS_VERSION;
}
