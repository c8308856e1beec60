import type { HttpRequest } from '../../contract/http-request';
import type { JsonValue } from '../../contract/json';
import { LIMITS } from '../../contract/limits';
import { causeOf } from './cause';
import { prepareRequest } from './http-request';
import type { TargetCall, TargetCaller, TargetResult } from './target';

/** Milliseconds that an HTTP target may take. */
export const HTTP_TIMEOUT = 60_000;

/** Calls the operations of an HTTP API, as the manifest says. */
export function httpTarget(endpoint: string, requests: { readonly [tool: string]: HttpRequest }): TargetCaller {
  return {
    async call(call) {
      const request = Object.hasOwn(requests, call.toolName) ? requests[call.toolName] : undefined;
      if (request === undefined)
        return { kind: 'failure', detail: `no operation for ${call.toolName} in the manifest` };
      try {
        return await send(endpoint, request, call);
      } catch (error) {
        return { kind: 'failure', detail: `${request.method} ${endpoint}${request.path}: ${causeOf(error)}` };
      }
    },
  };
}

async function send(endpoint: string, request: HttpRequest, call: TargetCall): Promise<TargetResult> {
  const { url, headers, body } = prepareRequest(endpoint, request, call.input);
  const { 'content-type': contentType, ...own } = headers;
  const response = await fetch(url, {
    method: request.method,
    headers: {
      accept: 'application/json',
      ...own,
      ...call.headers,
      ...(contentType !== undefined && { 'content-type': contentType }),
    },
    ...(body !== undefined && { body }),
    redirect: 'manual',
    signal: AbortSignal.timeout(HTTP_TIMEOUT),
  });
  const text = await response.text();
  if (Buffer.byteLength(text) > LIMITS.payloadMaxBytes)
    return { kind: 'failure', detail: 'the answer is larger than 6 MB' };
  if (!response.ok) {
    const said = `HTTP ${response.status}: ${text.slice(0, 1_000)}`;
    return { kind: 'failure', detail: `${request.method} ${endpoint}${request.path}: ${said}` };
  }
  return { kind: 'value', value: parsed(text) };
}

function parsed(text: string): JsonValue {
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    return text;
  }
}
