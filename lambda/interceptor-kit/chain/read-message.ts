import { hash } from 'node:crypto';
import type { Claims } from '../../../lib/contract/claims';
import type { InterceptorEvent } from '../../../lib/contract/interceptor-payload';
import { withoutProofArgument } from '../../../lib/contract/interceptor-proof';
import { isJsonObject, type JsonObject, type JsonValue } from '../../../lib/contract/json';
import type { JsonRpcId } from '../../../lib/contract/mcp';
import type { InterceptorConfig } from '../../../lib/contract/steps/interceptor-config';
import { type Call, isRefused, parseCall } from '../message/call';
import type { DenialReason } from '../message/denial';
import { identify } from '../message/identify';
import { RequestHeaders } from '../message/request-headers';
import type { Logger } from './logger';
import type { MessageContext } from './part-context';
import type { InterceptionPoint, Step } from './step';

/** What both points need to work on one message. */
export interface Run {
  readonly steps: readonly Step[];
  readonly config: InterceptorConfig;
  readonly log: Logger;
  readonly now: Date;
  readonly requestId: string;
  /** The gateway's own id of the request, where it tells. */
  readonly gatewayRequestId: string | undefined;
  /** Milliseconds until Lambda ends the invocation. */
  readonly timeLeft: () => number;
}

/** The client's message as it was read, before any step. */
export interface ReadMessage {
  readonly body: JsonValue | undefined;
  /** Undefined when the message could not be read. */
  readonly call: Call | undefined;
  /** Id to answer with; undefined when the message wants no answer. */
  readonly id: JsonRpcId | undefined;
  /** Why the kit itself denies the message. */
  readonly refused: DenialReason | undefined;
  /** Whether this is the service's own discovery call, which passes unchanged. */
  readonly probe: boolean;
  readonly claims: Claims | undefined;
  /** SHA-256 of the message as the client sent it. */
  readonly hash: () => string;
  /** Context for one part of one step. The token is behind a function, so that no log of a context shows it. */
  readonly shared: MessageContext;
}

/** The message as steps may see it: no step learns the proof from an answered call, and no client gets one through. */
function withoutProof(body: JsonValue | undefined): JsonValue | undefined {
  const params = isJsonObject(body) ? body['params'] : undefined;
  const args = isJsonObject(params) ? params['arguments'] : undefined;
  const own = isJsonObject(args) ? withoutProofArgument(args) : args;
  return own === args ? body : { ...(body as JsonObject), params: { ...(params as JsonObject), arguments: own ?? {} } };
}

/** Reads the client's message and tells who sent it. */
export function readMessage(event: InterceptorEvent, point: InterceptionPoint, run: Run): ReadMessage {
  const request = isJsonObject(event.mcp.gatewayRequest) ? event.mcp.gatewayRequest : {};
  const headers = new RequestHeaders(request.headers);
  const body = withoutProof(request.body);
  const parsed = parseCall(body);
  const call = isRefused(parsed) ? undefined : parsed;
  // Of a message that cannot be read, too: whoever tries such messages is who an audit is about.
  const who = identify(run.config.authorization, headers, call?.method);
  const { claims, token } = who.kind === 'caller' ? who : { claims: undefined, token: undefined };
  const { now, log, requestId } = run;
  const shared = { point, claims, headers, now, log, requestId, bearerToken: () => token };
  if (body !== request.body && point === 'REQUEST') log.warn('client sent a proof', { requestId });
  return {
    body,
    call,
    id: parsed.id,
    refused: isRefused(parsed) ? parsed.refused : who.kind === 'unknown' ? 'unauthenticated' : undefined,
    probe: who.kind === 'probe',
    claims,
    hash: () => hash('sha256', textOf(event.mcp.rawGatewayRequest?.body, body)),
    shared,
  };
}

function textOf(raw: unknown, body: JsonValue | undefined): string {
  return typeof raw === 'string' ? raw : JSON.stringify(body ?? null);
}
