import type { IncomingHttpHeaders } from 'node:http';
import type { Headers } from '../../contract/interceptor-payload';

/** A request with its body read. */
export interface HttpRequest {
  readonly method: string;
  readonly url: URL;
  /** Under lower-case names, one string each. */
  readonly headers: Headers;
  readonly body: string;
  /** Whether it came by the loopback interface. */
  readonly fromThisMachine: boolean;
}

export interface HttpReply {
  readonly status: number;
  readonly headers?: { readonly [name: string]: string };
  readonly body?: string;
}

/** Answers one path. */
export type HttpHandler = (request: HttpRequest) => Promise<HttpReply> | HttpReply;

export function jsonReply(value: unknown, status = 200, headers: HttpReply['headers'] = {}): HttpReply {
  return { status, headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(value) };
}

/** Headers as one string each, several values of a name joined as HTTP allows. */
export function plainHeaders(incoming: IncomingHttpHeaders): Headers {
  const entries = Object.entries(incoming).map(([name, value = '']) => [
    name,
    Array.isArray(value) ? value.join(', ') : value,
  ]);
  return Object.fromEntries(entries) as Headers;
}
