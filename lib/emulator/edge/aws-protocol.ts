import { LOOPBACK } from '../../contract/loopback';
import { type HttpHandler, type HttpReply, type HttpRequest, jsonReply } from '../http/exchange';
import { serve } from '../http/server';
import type { RunningService } from './edge-service';

/** Serves a stand-in that answers every request at `/`, as AWS's JSON and query protocols have it. */
export async function startService(handle: HttpHandler): Promise<RunningService> {
  const routes = new Map([['POST /', handle]]);
  return await serve(LOOPBACK, 0, () => routes);
}

/** The answer of a service without a stand-in. */
export function noStandIn(): HttpReply {
  return jsonError('NotImplementedByEmulator', 'this AWS service has no local stand-in');
}

/** An error of the JSON protocol. */
export function jsonError(type: string, message: string): HttpReply {
  return jsonReply({ __type: type, Message: message, message }, 400, {
    'content-type': 'application/x-amz-json-1.1',
    'x-amzn-errortype': type,
  });
}

/** Access key id of the credentials that signed a request. */
export function accessKeyOf(request: HttpRequest): string | undefined {
  return /Credential=([^/,\s]+)\//.exec(request.headers['authorization'] ?? '')?.[1];
}
