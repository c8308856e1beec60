import type { Operation } from './constraints';

/** A request as it is on the wire. */
export interface WireRequest {
  readonly method: string;
  /** Without query. */
  readonly path: string;
  readonly query: { readonly [name: string]: string | readonly string[] };
  readonly body: string;
}

export interface WireReply {
  readonly status: number;
  readonly headers: { readonly [name: string]: string };
  readonly body: string;
}

interface Route {
  readonly operation: Operation;
  readonly method: string;
  readonly path: RegExp;
  readonly parameters: readonly string[];
  readonly status: number;
}

const ROUTES: readonly Route[] = [
  route('CreatePolicyEngine', 'POST', '/policy-engines', 202),
  route('ListPolicyEngines', 'GET', '/policy-engines', 200),
  route('GetPolicyEngine', 'GET', '/policy-engines/{policyEngineId}', 200),
  route('UpdatePolicyEngine', 'PATCH', '/policy-engines/{policyEngineId}', 202),
  route('DeletePolicyEngine', 'DELETE', '/policy-engines/{policyEngineId}', 202),
  route('ListPolicyEngineSummaries', 'GET', '/policy-engine-summaries', 200),
  route('CreatePolicy', 'POST', '/policy-engines/{policyEngineId}/policies', 202),
  route('ListPolicies', 'GET', '/policy-engines/{policyEngineId}/policies', 200),
  route('GetPolicy', 'GET', '/policy-engines/{policyEngineId}/policies/{policyId}', 200),
  route('UpdatePolicy', 'PATCH', '/policy-engines/{policyEngineId}/policies/{policyId}', 202),
  route('DeletePolicy', 'DELETE', '/policy-engines/{policyEngineId}/policies/{policyId}', 202),
  route('ListPolicySummaries', 'GET', '/policy-engines/{policyEngineId}/policy-summaries', 200),
  route('StartPolicyGeneration', 'POST', '/policy-engines/{policyEngineId}/policy-generations', 202),
  route('GetPolicyGeneration', 'GET', '/policy-engines/{policyEngineId}/policy-generations/{policyGenerationId}', 200),
  route(
    'ListPolicyGenerationAssets',
    'GET',
    '/policy-engines/{policyEngineId}/policy-generations/{policyGenerationId}/assets',
    200,
  ),
  route('GetGateway', 'GET', '/gateways/{gatewayIdentifier}/', 200),
  route('UpdateGateway', 'PUT', '/gateways/{gatewayIdentifier}/', 202),
  route('ListGatewayTargets', 'GET', '/gateways/{gatewayIdentifier}/targets/', 200),
  route('GetGatewayTarget', 'GET', '/gateways/{gatewayIdentifier}/targets/{targetId}/', 200),
  route('ListGatewayRateLimits', 'GET', '/gateways/{gatewayIdentifier}/rate-limits', 200),
  route('ListTagsForResource', 'GET', '/tags/{resourceArn}', 200),
  route('TagResource', 'POST', '/tags/{resourceArn}', 204),
  route('UntagResource', 'DELETE', '/tags/{resourceArn}', 204),
];

function route(operation: Operation, method: string, uri: string, status: number): Route {
  const parameters = [...uri.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? '');
  return { operation, method, path: new RegExp(`^${uri.replace(/\{\w+\}/g, '([^/]+)')}$`), parameters, status };
}

/** A request as the operation's input, and the status of its success. Undefined when there is no such operation. */
export function parseRequest(
  request: WireRequest,
): { operation: Operation; input: { [member: string]: unknown }; status: number } | undefined {
  for (const { operation, method, path, parameters, status } of ROUTES) {
    const match = method === request.method ? path.exec(request.path) : null;
    if (match === null) continue;
    const input: { [member: string]: unknown } = request.body === '' ? {} : JSON.parse(request.body);
    for (const [name, value] of Object.entries(request.query)) {
      input[name] = name === 'maxResults' ? Number(value) : value;
    }
    if (operation === 'UntagResource' && typeof input['tagKeys'] === 'string') input['tagKeys'] = [input['tagKeys']];
    for (const [index, name] of parameters.entries()) input[name] = decodeURIComponent(match[index + 1] ?? '');
    return { operation, input, status };
  }
  return undefined;
}
