import { Stack, Token } from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import type { Construct } from 'constructs';
import type { JsonValue } from '../../../contract/json';
import { type Diagnostic, diagnostic } from '../../../diagnostics/diagnostic';
import type { OutboundCredential } from '../source/target-limits';
import { resourcePolicyProblem } from './resource-policy';

/**
 * Why the gateway cannot reach a REST API. Source: developer guides, pages gateway-target-api-gateway and mcp-server of API Gateway.
 */
export function checkRestApi(restApi: apigateway.IRestApi, gateway: Construct, used: OutboundCredential): Diagnostic[] {
  const { path } = restApi.node;
  const problem = resourcePolicyProblem(resourcePolicy(restApi), used);
  return [
    ...[...placeProblems(restApi, gateway), ...endpointProblems(restApi)].map((unreachable) =>
      diagnostic('TARGET_API_UNREACHABLE', { path, problem: unreachable }),
    ),
    ...(problem === undefined ? [] : [diagnostic('TARGET_API_RESOURCE_POLICY', { path, problem })]),
  ];
}

/** The policy of an API of this app, statements added later not among them. */
function resourcePolicy(restApi: apigateway.IRestApi): JsonValue | undefined {
  const resource = restApi.node.defaultChild;
  if (!(resource instanceof apigateway.CfnRestApi)) return undefined;
  return Stack.of(restApi).resolve(resource.policy) as JsonValue | undefined;
}

function placeProblems({ env }: apigateway.IRestApi, gateway: Construct): string[] {
  const { region, account } = Stack.of(gateway);
  return [
    ...(differ(env.region, region) ? [`it is in ${env.region}, the gateway is in ${region}`] : []),
    ...(differ(env.account, account) ? [`it is in account ${env.account}, the gateway is in ${account}`] : []),
  ];
}

function differ(left: string, right: string): boolean {
  return !Token.isUnresolved(left) && !Token.isUnresolved(right) && left !== right;
}

function endpointProblems(restApi: apigateway.IRestApi): string[] {
  const resource = restApi.node.defaultChild;
  if (!(resource instanceof apigateway.CfnRestApi)) return [];
  const { endpoint, disabled } = Stack.of(restApi).resolve({
    endpoint: resource.endpointConfiguration,
    disabled: resource.disableExecuteApiEndpoint,
  }) as { endpoint?: { types?: JsonValue[] }; disabled?: boolean };
  return [
    ...(endpoint?.types?.includes('PRIVATE') ? ['its endpoint is private'] : []),
    ...(disabled === true ? ['its default endpoint is disabled'] : []),
  ];
}
