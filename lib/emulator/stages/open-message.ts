import type { JsonRpcRequest } from '../../contract/mcp';
import type { Caller } from '../mcp/caller';
import type { RawMessage } from '../mcp/message';
import { negotiatedVersion, STATELESS_VERSION } from '../mcp/protocol';
import { SESSION_HEADER } from '../mcp/sessions';
import type { StagedMessage } from '../mcp/staged-message';
import type { ServingGateway } from '../serving-gateway';

/** Checks that the protocol version and the session of a message are good. Throws a refusal. */
export function openMessage(
  message: JsonRpcRequest,
  raw: RawMessage,
  caller: Caller,
  gateway: ServingGateway,
): StagedMessage {
  const version = negotiatedVersion(message, raw.headers, gateway.manifest.gateway.protocolVersions);
  if (needsSession(message, version)) {
    gateway.sessions?.check(raw.headers[SESSION_HEADER], caller.principal.id);
  }
  return { raw: raw.text, headers: raw.headers, message, version, added: {} };
}

function needsSession(message: JsonRpcRequest, version: string): boolean {
  return message.method !== 'initialize' && version !== STATELESS_VERSION;
}
