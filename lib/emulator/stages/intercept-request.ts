import type { Headers } from '../../contract/interceptor-payload';
import { isJsonObject, type JsonValue } from '../../contract/json';
import type { StepWatch } from '../../contract/step-trace';
import { asMessage } from '../mcp/message';
import type { Answer } from '../mcp/refusal';
import type { StagedMessage } from '../mcp/staged-message';
import type { ServingGateway } from '../serving-gateway';
import { callInterceptor, emptyPayload, failed, InterceptorTimeout, ignoredMember } from './interceptor-call';

/** A message that goes on, or with `answer` one that ends here. */
export interface Intercepted {
  readonly staged: StagedMessage;
  readonly answer?: Answer;
}

/** Stage 2: the REQUEST interceptor sees the client's message first; what it returns is what policies and target see. */
export async function interceptRequest(
  staged: StagedMessage,
  gateway: ServingGateway,
  onStep: StepWatch,
): Promise<Intercepted> {
  const interceptor = gateway.requestInterceptor;
  if (interceptor === undefined) return { staged };
  const call = { interceptor, point: 'REQUEST', staged, onStep } as const;
  const mcp = await callInterceptor(call, gateway).catch((error: unknown) => {
    if (!(error instanceof InterceptorTimeout)) throw error;
    if (gateway.switches.interceptorTimeout === 'refuse') throw failed(gateway, 'REQUEST', error.message);
    gateway.warn('REQUEST interceptor did not answer in time: the message went on untouched');
    return undefined;
  });
  if (mcp === undefined) return { staged };
  const short = mcp.transformedGatewayResponse;
  if (short !== undefined && short !== null) return { staged, answer: answerOf(short, gateway) };
  const transformed = mcp.transformedGatewayRequest;
  if (transformed !== undefined && transformed !== null) {
    if (!isJsonObject(transformed) || !isJsonObject(transformed.body)) throw emptyPayload();
    const message = asMessage(transformed.body);
    return { staged: { ...staged, message, added: lowerCase(transformed.headers) } };
  }
  if (ignoredMember(mcp, 'REQUEST', gateway)) return { staged };
  throw emptyPayload();
}

function answerOf(short: { statusCode?: number; headers?: Headers; body: JsonValue }, gateway: ServingGateway): Answer {
  const status = short.statusCode ?? 200;
  if (!isStatus(status)) throw failed(gateway, 'REQUEST', 'its statusCode is not an HTTP status');
  const headers = { 'content-type': 'application/json', ...lowerCase(short.headers) };
  return { status, headers, body: short.body ?? undefined };
}

export function isStatus(status: unknown): boolean {
  return Number.isInteger(status) && (status as number) >= 200 && (status as number) <= 599;
}

/** How the bytes are sent is for whoever sends them: from an interceptor such headers would break the message. */
const FRAMING = /^(?:connection|keep-alive|transfer-encoding|content-length|content-encoding|te|trailer|upgrade)$/i;

/** Headers of an interceptor under lower-case names; what is no valid header is left out. */
export function lowerCase(headers: unknown): Headers {
  if (!isJsonObject(headers)) return {};
  const valid = Object.entries(headers).flatMap(([name, value]): [string, string][] =>
    typeof value === 'string' &&
    !FRAMING.test(name) &&
    /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(name) &&
    /^[\t\x20-\x7e\x80-\xff]*$/.test(value)
      ? [[name.toLowerCase(), value]]
      : [],
  );
  return Object.fromEntries(valid);
}
