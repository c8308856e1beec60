import type { Claims } from '../../lib/contract/claims';
import {
  type Headers,
  type InterceptedResponse,
  type InterceptorEvent,
  type InterceptorOutput,
  interceptorEvent,
} from '../../lib/contract/interceptor-payload';
import type { JsonObject, JsonValue } from '../../lib/contract/json';
import type { InterceptorConfig } from '../../lib/contract/steps/interceptor-config';
import { SEARCH_TOOL_NAME } from '../../lib/contract/tool-name';
import { createHandler, type Intercept } from './chain/handler';
import { interceptRequest } from './chain/intercept-request';
import { interceptResponse } from './chain/intercept-response';
import { createLogger } from './chain/logger';
import type { Step } from './chain/step';

/** What a test may change from the defaults when it runs a chain. */
export interface TrialOptions {
  /** @default - a JWT gateway without configured steps or schemas */
  readonly config?: Partial<InterceptorConfig>;
  /** @default - the time of the trial */
  readonly now?: Date;
  /** Milliseconds until Lambda's timeout. @default - no timeout */
  readonly timeLeftMs?: number;
  /** Receives log lines. @default - they are dropped */
  readonly log?: (line: string) => void;
}

/**
 * Runs a chain on one event, in this process, as the REQUEST interceptor would.
 *
 * @example
 * const closed: Step = { name: 'closed', request: () => deny('closed') };
 * const output = await tryRequest([closed], requestEvent(toolCall('claims___query', { id: 'c-1' })));
 */
export function tryRequest(steps: readonly Step[], event: unknown, options?: TrialOptions): Promise<InterceptorOutput> {
  return attempt(interceptRequest, steps, event, options);
}

/**
 * Runs a chain on one event, in this process, as the RESPONSE interceptor would.
 *
 * @example
 * const event = responseEvent(toolCall('claims___query'), resultOf(toolResult({ ssn: '078-05-1120' })));
 * const output = await tryResponse([], event);
 */
export function tryResponse(
  steps: readonly Step[],
  event: unknown,
  options?: TrialOptions,
): Promise<InterceptorOutput> {
  return attempt(interceptResponse, steps, event, options);
}

function attempt(
  intercept: Intercept,
  steps: readonly Step[],
  event: unknown,
  { config, now, timeLeftMs = Infinity, log = () => {} }: TrialOptions = {},
): Promise<InterceptorOutput> {
  const handler = createHandler(intercept, steps, {
    config: { version: 1, authorization: 'jwt', steps: [], inputSchemas: {}, ...config },
    log: createLogger(config?.redactedLogFields, log),
    clock: () => now ?? new Date(),
  });
  const end = performance.now() + timeLeftMs;
  const invocation = { awsRequestId: 'trial', getRemainingTimeInMillis: () => end - performance.now() };
  return handler(event, invocation) as Promise<InterceptorOutput>;
}

/** A token with these claims and no valid signature: the gateway has verified it before an interceptor sees it. */
export function tokenOf(claims: Claims): string {
  const encode = (value: JsonValue): string => Buffer.from(JSON.stringify(value), 'utf8').toString('base64url');
  return `${encode({ alg: 'RS256', typ: 'JWT' })}.${encode(claims)}.${encode('signature')}`;
}

export interface CallerOptions {
  /** @default - `{ sub: 'caller' }` */
  readonly claims?: Claims;
  /** All headers, in place of those that carry the claims. @default - a bearer token with the claims */
  readonly headers?: Headers;
}

/** The message of `tools/call`. */
export function toolCall(name: string, args?: JsonObject, id: string | number = 1): JsonObject {
  const params: JsonObject = args === undefined ? { name } : { name, arguments: args };
  return { jsonrpc: '2.0', id, method: 'tools/call', params };
}

/** A message of any method. */
export function message(method: string, params?: JsonObject, id: string | number = 1): JsonObject {
  return { jsonrpc: '2.0', id, method, ...(params && { params }) };
}

/** What the REQUEST interceptor receives for a client's message. */
export function requestEvent(body: JsonValue, caller: CallerOptions = {}): InterceptorEvent {
  const headers = caller.headers ?? {
    'content-type': 'application/json',
    authorization: `Bearer ${tokenOf(caller.claims ?? { sub: 'caller' })}`,
  };
  return interceptorEvent(body, headers);
}

/** What the RESPONSE interceptor receives for a client's message and its answer. */
export function responseEvent(
  request: JsonValue,
  response: InterceptedResponse | JsonObject,
  caller: CallerOptions = {},
): InterceptorEvent {
  const { mcp, interceptorInputVersion } = requestEvent(request, caller);
  const gatewayResponse: InterceptedResponse =
    'jsonrpc' in response
      ? { statusCode: 200, headers: { 'content-type': 'application/json' }, body: response as JsonObject }
      : (response as InterceptedResponse);
  return { interceptorInputVersion, mcp: { ...mcp, gatewayResponse } };
}

/** The answer with a result. */
export function resultOf(result: JsonObject, id: string | number = 1): JsonObject {
  return { jsonrpc: '2.0', id, result };
}

/** A tool's result as a Lambda target returns it: JSON as text, and also as structured content if requested. */
export function toolResult(value: JsonValue, structured = false): JsonObject {
  const content = [{ type: 'text', text: JSON.stringify(value) }];
  return { content, isError: false, ...(structured && { structuredContent: value }) };
}

/** The answers to a listing in all the shapes that were seen: of `tools/list`, and three of a search. */
export function toolListings(
  tools: readonly JsonObject[],
): { name: string; request: JsonObject; result: JsonObject }[] {
  const search = toolCall(SEARCH_TOOL_NAME, { query: 'anything' });
  const list = [...tools];
  return [
    { name: 'tools/list', request: message('tools/list'), result: { tools: list } },
    { name: 'search, tools', request: search, result: { tools: list } },
    { name: 'search, structuredContent', request: search, result: { structuredContent: { tools: list } } },
    { name: 'search, text', request: search, result: toolResult({ tools: list }) },
  ];
}
