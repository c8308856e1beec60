import type { JsonObject, JsonValue } from './json';

/** The only version of interceptor payloads. Source: developer guide, page gateway-interceptors-types. */
export const INTERCEPTOR_PAYLOAD_VERSION = '1.0';

/** The two places at which AgentCore calls an interceptor. */
export type InterceptionPoint = 'REQUEST' | 'RESPONSE';

export type Headers = { [name: string]: string };

/** The client's message as the gateway hands it to an interceptor. */
export interface InterceptedRequest {
  /** `/mcp` for MCP. */
  readonly path?: string;
  readonly httpMethod?: string;
  /** Only with `passRequestHeaders: true`. The case of names is not guaranteed. */
  readonly headers?: Headers;
  readonly body?: JsonValue;
}

export interface InterceptedResponse {
  /** Absent after the first event of a stream. */
  readonly statusCode?: number;
  /** Absent after the first event of a stream. */
  readonly headers?: Headers | null;
  /** Null after a short circuit in some Regions. */
  readonly body?: JsonValue;
  readonly isStreamingResponse?: boolean;
}

/** What the Lambda function of either interception point receives for an MCP message. */
export interface InterceptorEvent {
  readonly interceptorInputVersion: string;
  readonly mcp: {
    readonly rawGatewayRequest?: { readonly body?: string };
    readonly gatewayRequest?: InterceptedRequest | null;
    /** Present at the RESPONSE interception point only. */
    readonly gatewayResponse?: InterceptedResponse | null;
  };
}

/** The event for one message: at the RESPONSE point when there is a response. */
export function interceptorEvent(
  body: JsonValue,
  headers: Headers,
  { raw = JSON.stringify(body), response }: { readonly raw?: string; readonly response?: InterceptedResponse } = {},
): InterceptorEvent {
  return {
    interceptorInputVersion: INTERCEPTOR_PAYLOAD_VERSION,
    mcp: {
      rawGatewayRequest: { body: raw },
      gatewayRequest: { path: '/mcp', httpMethod: 'POST', headers, body },
      ...(response !== undefined && { gatewayResponse: response }),
    },
  };
}

/** What an interceptor answers. Any other member is ignored by the gateway without a word. */
export interface InterceptorOutput {
  readonly interceptorOutputVersion: typeof INTERCEPTOR_PAYLOAD_VERSION;
  readonly mcp: {
    /** REQUEST: continue with this message. */
    readonly transformedGatewayRequest?: { headers?: Headers; body: JsonValue };
    /** REQUEST: answer with this at once. RESPONSE: answer with this. */
    readonly transformedGatewayResponse?: { statusCode?: number; headers?: Headers; body: JsonValue };
  };
}

/**
 * MCP methods that a REQUEST interceptor lets through without a bearer token on a JWT gateway, so that the calls with which
 * the service validates policies get their answer. Nothing here calls a tool or reads data.
 * Platform assumption: which of them the service sends is unproven; this list is the named switch.
 */
export const DISCOVERY_METHODS: readonly string[] = [
  'initialize',
  'server/discover',
  'ping',
  'tools/list',
  'prompts/list',
  'resources/list',
  'resources/templates/list',
];

/** Prefix of methods that count as discovery as well: notifications have no answer. */
const DISCOVERY_METHOD_PREFIX = 'notifications/';

/** Whether a message without a bearer token may pass, see {@link DISCOVERY_METHODS}. */
export function isDiscoveryMethod(method: string): boolean {
  return DISCOVERY_METHODS.includes(method) || method.startsWith(DISCOVERY_METHOD_PREFIX);
}

/** Whether an event belongs to the RESPONSE interception point. */
export function isResponseEvent(event: InterceptorEvent): boolean {
  return event.mcp.gatewayResponse !== undefined && event.mcp.gatewayResponse !== null;
}

/** Shape check of an unknown event, as far as a handler must rely on it. */
export function isInterceptorEvent(value: unknown): value is InterceptorEvent {
  const event = value as JsonObject | null;
  return typeof event === 'object' && event !== null && typeof event['mcp'] === 'object' && event['mcp'] !== null;
}
