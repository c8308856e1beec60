import { JSON_RPC_ERROR } from '../../contract/mcp';
import type { CallDetails } from '../call-details';
import type { CallRecord } from '../call-record';
import type { HttpHandler, HttpReply, HttpRequest } from '../http/exchange';
import { MCP_PATH } from '../http/paths';
import { type Answer, Refusal } from '../mcp/refusal';
import { SESSION_HEADER } from '../mcp/sessions';
import { CallTrace } from '../observe/call-trace';
import { handleMessage } from '../pipeline';
import type { ServingGateway } from '../serving-gateway';
import { authenticate } from '../stages/authenticate';

/** The MCP endpoint: one message per POST. There is no stream to GET, which clients take from the 405. */
export function mcpRoutes(
  gateway: () => ServingGateway,
  onCall: (record: CallRecord, details: CallDetails) => void,
): [string, HttpHandler][] {
  const post = async (request: HttpRequest): Promise<HttpReply> => {
    const serving = gateway();
    const wrongType = unsupportedMedia(request);
    if (wrongType !== undefined) return replyOf(wrongType.answer(null));
    const trace = new CallTrace(serving.clock(), serving.manifest.gateway.mode);
    const handled = await handleMessage({ text: request.body, headers: request.headers }, serving, trace);
    const headers = { ...handled.headers, 'x-amzn-requestid': trace.record.requestId };
    const answer = { ...handled, headers };
    onCall(trace.finish(answer), trace.details);
    return wantsStream(request, serving) ? streamOf(answer) : replyOf(answer);
  };
  return [
    [`POST ${MCP_PATH}`, post],
    [`DELETE ${MCP_PATH}`, (request) => endSession(request, gateway())],
  ];
}

function unsupportedMedia({ headers }: HttpRequest): Refusal | undefined {
  const type = headers['content-type']?.split(';', 1)[0]?.trim().toLowerCase();
  if (type !== 'application/json') {
    return new Refusal(415, JSON_RPC_ERROR.invalidRequest, 'Content-Type must be application/json');
  }
  const accept = headers['accept'] ?? '*/*';
  if (!/\*\/\*|application\/(\*|json)|text\/(\*|event-stream)/.test(accept)) {
    return new Refusal(406, JSON_RPC_ERROR.invalidRequest, 'Accept must allow application/json or text/event-stream');
  }
  return undefined;
}

/** Off unless the gateway streams and the client asks. Source: developer guide, page gateway-mcp-streaming. */
function wantsStream({ headers }: HttpRequest, gateway: ServingGateway): boolean {
  return gateway.manifest.gateway.responseStreaming && (headers['accept'] ?? '').includes('text/event-stream');
}

function replyOf(answer: Answer): HttpReply {
  if (answer.body === undefined) return { status: answer.status, headers: answer.headers };
  return { status: answer.status, headers: answer.headers, body: JSON.stringify(answer.body) };
}

function streamOf(answer: Answer): HttpReply {
  if (answer.body === undefined || answer.status !== 200) return replyOf(answer);
  return {
    status: answer.status,
    headers: { ...answer.headers, 'content-type': 'text/event-stream', 'cache-control': 'no-cache' },
    body: `event: message\ndata: ${JSON.stringify(answer.body)}\n\n`,
  };
}

async function endSession(request: HttpRequest, gateway: ServingGateway): Promise<HttpReply> {
  try {
    const caller = await authenticate(request.headers, gateway);
    const id = request.headers[SESSION_HEADER];
    if (gateway.sessions === undefined) return { status: 405, headers: { allow: 'POST' } };
    gateway.sessions.check(id, caller.principal.id);
    gateway.sessions.end(id ?? '');
    return { status: 204 };
  } catch (error) {
    if (error instanceof Refusal) return replyOf(error.answer(null));
    throw error;
  }
}
