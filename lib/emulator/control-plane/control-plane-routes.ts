import { isJsonObject, type JsonObject } from '../../contract/json';
import { LOCAL_ENGINE_ID, LOCAL_GATEWAY_ARN, LOCAL_GATEWAY_ID } from '../../contract/local-arn';
import { type HttpHandler, type HttpReply, type HttpRequest, jsonReply } from '../http/exchange';
import { isOwnRequest } from '../http/local-requests';
import { ApiError, invalid, notFound } from './api-error';
import type { ControlPlane } from './control-plane';
import { getGateway, getTarget, listRateLimits, listTargets, updateGateway } from './gateway';
import { createPolicy, deletePolicy, getPolicy, listPolicies } from './policies';

/** One operation: ids are the parts of the path that stand for `*`, in their order. */
interface Operation {
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly answer: (request: {
    readonly plane: ControlPlane;
    readonly ids: readonly [first: string, second: string];
    readonly input: JsonObject;
    readonly query: URLSearchParams;
  }) => JsonObject;
}

/** Paths and statuses. Source: Amazon Bedrock AgentCore Control API model 2023-06-05. */
const OPERATIONS: readonly Operation[] = [
  { method: 'GET', path: '/gateways/*', status: 200, answer: ({ plane }) => getGateway(plane) },
  { method: 'PUT', path: '/gateways/*', status: 202, answer: ({ plane, input }) => updateGateway(plane, input) },
  {
    method: 'GET',
    path: '/gateways/*/targets',
    status: 200,
    answer: ({ plane, query }) => page('items', listTargets(plane), query),
  },
  { method: 'GET', path: '/gateways/*/targets/*', status: 200, answer: ({ plane, ids }) => getTarget(plane, ids[1]) },
  {
    method: 'GET',
    path: '/gateways/*/rate-limits',
    status: 200,
    answer: ({ plane, query }) => page('rateLimits', listRateLimits(plane), query),
  },
  {
    method: 'GET',
    path: '/policy-engines/*/policies',
    status: 200,
    answer: ({ plane, query }) => page('policies', listPolicies(plane), query),
  },
  {
    method: 'POST',
    path: '/policy-engines/*/policies',
    status: 202,
    answer: ({ plane, input }) => createPolicy(plane, input),
  },
  {
    method: 'GET',
    path: '/policy-engines/*/policies/*',
    status: 200,
    answer: ({ plane, ids }) => getPolicy(plane, ids[1]),
  },
  {
    method: 'DELETE',
    path: '/policy-engines/*/policies/*',
    status: 202,
    answer: ({ plane, ids }) => deletePolicy(plane, ids[1]),
  },
];

const METHODS = ['GET', 'PUT', 'POST', 'PATCH', 'DELETE'];

/**
 * The control plane of the running gateway, in the service's own protocol, for AWS clients with this address as their endpoint. Whoever reaches
 * it can stop or open the gateway: it answers this machine alone, also where the emulator is open to the network, and no web page.
 */
export function controlPlaneRoutes(plane: ControlPlane): [string, HttpHandler][] {
  const handler: HttpHandler = (request) => {
    try {
      if (!request.fromThisMachine || !isOwnRequest(request.headers)) {
        throw new ApiError(403, 'AccessDeniedException', 'the control plane answers programs on this machine alone');
      }
      return answerOf(plane, request);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      return jsonReply({ message: error.message }, error.status, { 'x-amzn-errortype': error.type });
    }
  };
  return METHODS.flatMap((method): [string, HttpHandler][] => [
    [`${method} /gateways/*`, handler],
    [`${method} /policy-engines/*`, handler],
  ]);
}

function answerOf(plane: ControlPlane, { method, url, body }: HttpRequest): HttpReply {
  const parts = url.pathname.replace(/\/$/, '').split('/').map(decoded);
  for (const operation of OPERATIONS) {
    const wanted = operation.path.split('/');
    const fits = wanted.length === parts.length && wanted.every((part, index) => part === '*' || part === parts[index]);
    if (!fits || operation.method !== method) continue;
    const [first = '', second = ''] = parts.filter((_, index) => wanted[index] === '*');
    if (![LOCAL_GATEWAY_ID, LOCAL_GATEWAY_ARN, LOCAL_ENGINE_ID].includes(first)) throw notFound(first);
    const request = { plane, ids: [first, second] as const, input: parsed(body), query: url.searchParams };
    return jsonReply(operation.answer(request), operation.status);
  }
  throw new ApiError(501, 'NotImplementedByEmulator', `${method} ${url.pathname} has no local stand-in`);
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    throw invalid('the path cannot be read');
  }
}

function parsed(body: string): JsonObject {
  if (body === '') return {};
  try {
    const value: unknown = JSON.parse(body);
    if (isJsonObject(value)) return value;
  } catch {
    // As an object that is none.
  }
  throw invalid('the body is no JSON object');
}

function page(member: string, all: readonly JsonObject[], query: URLSearchParams): JsonObject {
  const start = Number(query.get('nextToken') ?? 0);
  const size = Number(query.get('maxResults') ?? 100);
  if (!Number.isInteger(start) || !Number.isInteger(size) || size < 1) throw invalid('the page cannot be read');
  const end = start + size;
  return { [member]: all.slice(start, end), ...(end < all.length ? { nextToken: String(end) } : {}) };
}
