import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { BedrockAgentCoreControlClient } from '@aws-sdk/client-bedrock-agentcore-control';
import type { ControlPlane } from './control-plane';
import { BrokenConnection } from './options';
import type { WireReply, WireRequest } from './routes';

const credentials = { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'secret' };

interface SdkRequest {
  readonly method: string;
  readonly path: string;
  readonly query?: { readonly [name: string]: string | readonly string[] | null };
  readonly body?: unknown;
}

/** Whose time stands still while the SDK is at work. */
interface WorkClock {
  beginWork(): void;
  endWork(): void;
}

/**
 * The real SDK client with its serialization, wired to the double without a socket.
 * @param gate Called before every request; a promise that never resolves stops the client, as the death of its process would.
 */
export function clientInProcess(
  controlPlane: ControlPlane,
  gate: () => Promise<void> | undefined = () => undefined,
  clock?: WorkClock,
): BedrockAgentCoreControlClient {
  const client = new BedrockAgentCoreControlClient({
    region: 'us-east-1',
    endpoint: 'http://control-plane.test',
    maxAttempts: 1,
    credentials,
    // Nobody checks the signature here, and it would be half of the work.
    signer: { sign: (request) => Promise.resolve(request) },
    requestHandler: {
      metadata: { handlerProtocol: 'http/1.1' },
      async handle(request: SdkRequest, { abortSignal }: { abortSignal?: AbortSignal } = {}) {
        clock?.endWork();
        await gate();
        try {
          const reply = await untilAborted(controlPlane.handle(toWire(request)), abortSignal);
          await gate();
          return { response: toResponse(reply) };
        } finally {
          clock?.beginWork();
        }
      },
    },
  });
  if (clock === undefined) return client;
  const send = client.send.bind(client) as (...args: readonly unknown[]) => Promise<unknown>;
  const working = (...args: readonly unknown[]): Promise<unknown> => {
    clock.beginWork();
    return send(...args).finally(() => clock.endWork());
  };
  return Object.assign(client, { send: working as typeof client.send });
}

/** An answer, or the error with which the SDK gives up a request. */
function untilAborted<T>(answer: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return answer;
  return new Promise((resolve, reject) => {
    const giveUp = (): void => reject(Object.assign(new Error('Request aborted'), { name: 'AbortError' }));
    signal.addEventListener('abort', giveUp);
    answer.then(resolve, reject).finally(() => signal.removeEventListener('abort', giveUp));
  });
}

function toWire(request: SdkRequest): WireRequest {
  const query = Object.entries(request.query ?? {}).filter((entry): entry is [string, string] => entry[1] !== null);
  const body = request.body instanceof Uint8Array ? new TextDecoder().decode(request.body) : (request.body ?? '');
  return { method: request.method, path: request.path, query: Object.fromEntries(query), body: body as string };
}

function toResponse({ status, headers, body }: WireReply) {
  return { statusCode: status, headers: { ...headers }, body: Buffer.from(body, 'utf8') };
}

/** A double behind a real HTTP server. */
export interface DoubleServer {
  readonly url: string;
  close(): Promise<void>;
}

export function serve(controlPlane: ControlPlane): Promise<DoubleServer> {
  return listen(async (request) => {
    const url = new URL(request.url ?? '/', 'http://control-plane.test');
    const query = Object.fromEntries(url.searchParams);
    const body = await readBody(request);
    return controlPlane.handle({ method: request.method ?? '', path: url.pathname, query, body });
  });
}

/** Objects in S3 by `bucket/key`, as far as GetObject. */
export function serveObjects(objects: ReadonlyMap<string, string>): Promise<DoubleServer> {
  return listen((request) => {
    const path = new URL(request.url ?? '/', 'http://s3.test').pathname;
    const text = objects.get(decodeURIComponent(path.slice(1)));
    if (text !== undefined) return Promise.resolve({ status: 200, headers: {}, body: text });
    return Promise.resolve({ status: 404, headers: {}, body: '<Error><Code>NoSuchKey</Code></Error>' });
  });
}

/** Answers every request of a real server. */
export async function listen(answer: (request: IncomingMessage) => Promise<WireReply>): Promise<DoubleServer> {
  const server = createServer((request, response) => {
    answer(request).then(
      ({ status, headers, body }) => response.writeHead(status, { ...headers, 'x-amzn-requestid': 'test' }).end(body),
      (error: unknown) => {
        request.socket.destroy();
        if (!(error instanceof BrokenConnection)) throw error;
      },
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close: () => closed(server) };
}

export async function readBody(request: IncomingMessage): Promise<string> {
  let body = '';
  for await (const chunk of request) body += String(chunk);
  return body;
}

function closed(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(() => resolve()));
}
