import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { LIMITS } from '../../contract/limits';
import { JSON_RPC_ERROR } from '../../contract/mcp';
import { GovernanceError } from '../../diagnostics/governance-error';
import { readBody } from './body';
import { type HttpHandler, type HttpReply, jsonReply, plainHeaders } from './exchange';
import { isLocalRequest } from './local-requests';

/** Handlers by `METHOD /path`; `METHOD /folder/*` stands for all paths below that folder. */
export type Routes = ReadonlyMap<string, HttpHandler>;

/** Milliseconds that a client has to send a request. */
export interface RequestLimits {
  readonly headers: number;
  /** Headers and body. */
  readonly whole: number;
}

const REQUEST_LIMITS: RequestLimits = { headers: 10_000, whole: 30_000 };

/** Milliseconds by which a slow client is cut late at most: Node.js looks at its connections no more often than it is told to. */
const CHECKING_INTERVAL = 250;

export interface LocalServer {
  /** `http://127.0.0.1:4100`. */
  readonly url: string;
  readonly port: number;
  stop(): Promise<void>;
}

/**
 * Serves routes on one address. Requests that cannot come from this machine are refused, bodies over the platform's 6 MB
 * too; a client that does not send its request within the limits is cut off. Throws `EMULATOR_PORT_TAKEN`.
 */
export async function serve(
  host: string,
  port: number,
  routes: () => Routes,
  limits: RequestLimits = REQUEST_LIMITS,
): Promise<LocalServer> {
  const options = {
    headersTimeout: limits.headers,
    requestTimeout: limits.whole,
    keepAliveTimeout: 65_000,
    connectionsCheckingInterval: CHECKING_INTERVAL,
  };
  const server = createServer(options, (request, response) => {
    respond(request, response, host, routes()).catch(() =>
      send(response, request, failure(500, 'Internal Server Error')),
    );
  });
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    const status = error.code === 'ERR_HTTP_REQUEST_TIMEOUT' ? '408 Request Timeout' : '400 Bad Request';
    if (socket.writable) socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
    else socket.destroy();
  });
  await listen(server, host, port);
  const bound = (server.address() as AddressInfo).port;
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${bound}`,
    port: bound,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function listen(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const taken = error.code === 'EADDRINUSE' || error.code === 'EACCES';
      reject(taken ? GovernanceError.of('EMULATOR_PORT_TAKEN', { host, port }) : error);
    });
    server.listen(port, host, () => resolve());
  });
}

async function respond(
  request: IncomingMessage,
  response: ServerResponse,
  host: string,
  routes: Routes,
): Promise<void> {
  const headers = plainHeaders(request.headers);
  if (!isLocalRequest(headers, host)) return send(response, request, failure(403, 'Forbidden'));
  const base = `http://${request.headers.host}`;
  const path = request.url ?? '/';
  if (!URL.canParse(path, base)) return send(response, request, failure(400, 'Bad Request'));
  const url = new URL(path, base);
  const method = request.method ?? 'GET';
  if (method === 'OPTIONS') return send(response, request, { status: 204, headers: preflight(routes, url.pathname) });
  const handler = routes.get(`${method} ${url.pathname}`) ?? routes.get(`${method} ${folderOf(url.pathname)}/*`);
  if (handler === undefined) return send(response, request, unknownRoute(routes, url.pathname));
  const body = await readBody(request, LIMITS.payloadMaxBytes);
  if (body.kind === 'aborted') return;
  if (body.kind === 'too-large') return send(response, request, failure(413, 'Request payload is larger than 6 MB'));
  send(
    response,
    request,
    await handler({ method, url, headers, body: body.text, fromThisMachine: isLoopback(request) }),
  );
}

/** The first folder of a path. */
function folderOf(path: string): string {
  return `/${path.split('/')[1] ?? ''}`;
}

function isLoopback({ socket: { remoteAddress = '' } }: IncomingMessage): boolean {
  return /^(::ffff:)?127\.|^::1$/.test(remoteAddress);
}

function methodsOf(routes: Routes, path: string): string[] {
  return [...routes.keys()]
    .filter((key) => key.endsWith(` ${path}`) || key.endsWith(` ${folderOf(path)}/*`))
    .map((key) => key.split(' ', 1)[0] ?? '');
}

function unknownRoute(routes: Routes, path: string): HttpReply {
  const allowed = methodsOf(routes, path);
  if (allowed.length === 0) return failure(404, 'Not Found');
  return { ...failure(405, 'Method Not Allowed'), headers: { allow: allowed.join(', '), ...JSON_TYPE } };
}

/** Pages on this machine, such as MCP inspector's, may call the gateway from the browser. */
function preflight(routes: Routes, path: string): HttpReply['headers'] {
  return {
    'access-control-allow-methods': methodsOf(routes, path).join(', '),
    'access-control-allow-headers':
      'authorization, content-type, accept, mcp-protocol-version, mcp-session-id, mcp-method, mcp-name, last-event-id',
    'access-control-max-age': '600',
  };
}

const JSON_TYPE = { 'content-type': 'application/json' };

function failure(status: number, message: string): HttpReply {
  return jsonReply({ jsonrpc: '2.0', id: null, error: { code: JSON_RPC_ERROR.invalidRequest, message } }, status);
}

function send(response: ServerResponse, request: IncomingMessage, reply: HttpReply): void {
  if (response.headersSent || response.destroyed) return;
  const body = reply.body ?? '';
  const origin = request.headers.origin;
  const cors: { [name: string]: string } =
    origin === undefined
      ? {}
      : {
          'access-control-allow-origin': origin,
          'access-control-expose-headers': 'mcp-session-id, www-authenticate',
          vary: 'origin',
        };
  response.writeHead(reply.status, {
    ...reply.headers,
    ...cors,
    'content-length': Buffer.byteLength(body),
  });
  response.end(body);
  // A client that still sends reads the answer afterwards: it would find a closed connection in its place. One that never ends is cut off.
  if (!request.complete) request.resume();
}
