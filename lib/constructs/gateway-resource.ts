import * as agentcore from 'aws-cdk-lib/aws-bedrockagentcore';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import type { JsonValue } from '../contract/json';
import { acknowledge } from './findings/acknowledge';
import type { ResolvedProps } from './resolve-props';

export interface GatewayResourceProps {
  readonly resolved: ResolvedProps;
  readonly description: string | undefined;
  readonly instructions: string | undefined;
  readonly exceptionLevel: agentcore.GatewayExceptionLevel | undefined;
  readonly role: iam.IRole;
  readonly authorizer: agentcore.IGatewayAuthorizerConfig;
  /** What the L2's authorizer cannot say, by path below `CustomJWTAuthorizer`. */
  readonly authorizerOverrides: { readonly [path: string]: JsonValue };
  readonly policyEngineArn: string;
  readonly interceptors: agentcore.IInterceptor[];
}

/** The gateway on the official L2, and, in this one place, what the L2 cannot say on its L1. */
export function createGateway(scope: Construct, id: string, props: GatewayResourceProps): agentcore.Gateway {
  const { resolved } = props;
  const gateway = new agentcore.Gateway(scope, id, {
    gatewayName: resolved.gatewayName,
    description: props.description,
    role: props.role,
    authorizerConfiguration: props.authorizer,
    interceptorConfigurations: props.interceptors,
    exceptionLevel: props.exceptionLevel,
    kmsKey: resolved.encryptionKey,
    tags: { ...resolved.tags },
    protocolConfiguration: agentcore.GatewayProtocol.mcp({ instructions: props.instructions }),
  });
  const resource = gateway.node.defaultChild as agentcore.CfnGateway;
  // The L2 would grant to the role's default policy and make the gateway depend on it: a cycle for any function that knows its gateway.
  resource.policyEngineConfiguration = { arn: props.policyEngineArn, mode: resolved.mode };
  resource.protocolConfiguration = { mcp: mcpConfiguration(props) };
  if (!resolved.toolListPagination) {
    acknowledge(
      resource,
      'CloudFormation-Validate::F3018',
      'DisableMcpListToolsPagination is in the API model and in the L1',
    );
  }
  for (const [path, value] of Object.entries(props.authorizerOverrides)) {
    resource.addPropertyOverride(`AuthorizerConfiguration.CustomJWTAuthorizer.${path}`, value);
  }
  return gateway;
}

function mcpConfiguration(props: GatewayResourceProps): agentcore.CfnGateway.MCPGatewayConfigurationProperty {
  const { resolved } = props;
  const sessionTimeoutInSeconds = resolved.sessionTimeoutSeconds;
  return {
    instructions: props.instructions,
    supportedVersions: [...resolved.protocolVersions],
    searchType: resolved.semanticSearch ? agentcore.McpGatewaySearchType.SEMANTIC.value : undefined,
    sessionConfiguration: sessionTimeoutInSeconds === undefined ? undefined : { sessionTimeoutInSeconds },
    streamingConfiguration: resolved.responseStreaming ? { enableResponseStreaming: true } : undefined,
    disableMcpListToolsPagination: resolved.toolListPagination ? undefined : true,
  };
}
