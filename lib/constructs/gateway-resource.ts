import { type CfnElement, Stack, Token } from 'aws-cdk-lib';
import * as agentcore from 'aws-cdk-lib/aws-bedrockagentcore';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import type { JsonValue } from '../contract/json';
import { MANIFEST_VERSION } from '../contract/manifest';
import { acknowledge } from './findings/acknowledge';
import { deployedStackName } from './names/deployed-stack-name';
import type { GatewayPart } from './parts/gateway-part';
import type { GatewaySettings } from './resolved-props';

export interface GatewayResourceProps {
  readonly settings: GatewaySettings;
  readonly role: iam.IRole;
  readonly authorizer: agentcore.IGatewayAuthorizerConfig;
  /** What the L2's authorizer cannot say, by path below `CustomJWTAuthorizer`. */
  readonly authorizerOverrides: { readonly [path: string]: JsonValue };
  /** Discovery document of the issuer, where there is one. */
  readonly discoveryUrl: string | undefined;
  readonly policyEngineArn: string;
  readonly interceptors: agentcore.IInterceptor[];
}

/** The gateway on the official L2, and, in this one place, what the L2 cannot say on its L1. */
export function createGateway(scope: Construct, id: string, props: GatewayResourceProps): agentcore.Gateway {
  const { settings } = props;
  const gateway = new agentcore.Gateway(scope, id, {
    gatewayName: settings.gatewayName,
    description: settings.description,
    role: props.role,
    authorizerConfiguration: props.authorizer,
    interceptorConfigurations: props.interceptors,
    exceptionLevel: settings.exceptionLevel,
    tags: { ...settings.tags },
    protocolConfiguration: agentcore.GatewayProtocol.mcp({ instructions: settings.instructions }),
  });
  const resource = gateway.node.defaultChild as agentcore.CfnGateway;
  // The L2 would grant to the role's default policy and make the gateway depend on it: a cycle for any function that knows its gateway.
  resource.policyEngineConfiguration = { arn: props.policyEngineArn, mode: settings.mode };
  // Likewise, and with actions by wildcard. What the role needs of the key is in its attachment, see GatewayRole.
  resource.kmsKeyArn = settings.encryptionKey?.keyArn;
  resource.protocolConfiguration = { mcp: mcpConfiguration(props) };
  for (const reason of aheadOfSpecification(props)) acknowledge(resource, 'CloudFormation-Validate::F3018', reason);
  for (const [path, value] of Object.entries(props.authorizerOverrides)) {
    resource.addPropertyOverride(`AuthorizerConfiguration.CustomJWTAuthorizer.${path}`, value);
  }
  return gateway;
}

/** The gateway itself as a part: its settings, and how clients and tools find it. */
export function gatewayPart(scope: Construct, gateway: agentcore.Gateway, settings: GatewaySettings): GatewayPart {
  const { instructions, sessionTimeoutSeconds } = settings;
  return {
    outputs: () => ({ GatewayUrl: gateway.gatewayUrl, GatewayId: gateway.gatewayId }),
    manifest: () => ({
      manifestVersion: MANIFEST_VERSION,
      path: scope.node.path,
      stackName: deployedStackName(scope),
      gateway: {
        name: settings.gatewayName,
        logicalId: Stack.of(scope).getLogicalId(gateway.node.defaultChild as CfnElement),
        mode: settings.mode,
        protocolVersions: settings.protocolVersions,
        ...(instructions !== undefined && { instructions }),
        semanticSearch: settings.semanticSearch,
        ...(sessionTimeoutSeconds !== undefined && { sessionTimeoutSeconds }),
        responseStreaming: settings.responseStreaming,
        toolListPagination: settings.toolListPagination,
        ...(settings.exceptionLevel?.value === 'DEBUG' && { exceptionLevel: 'DEBUG' as const }),
      },
    }),
  };
}

/** What the service takes and the resource specification of aws-cdk-lib does not know yet. */
function aheadOfSpecification({ settings, discoveryUrl }: GatewayResourceProps): string[] {
  const known = discoveryUrl === undefined || Token.isUnresolved(discoveryUrl) || OIDC_DISCOVERY.test(discoveryUrl);
  return [
    ...(settings.toolListPagination ? [] : ['DisableMcpListToolsPagination is in the API model and in the L1']),
    ...(known ? [] : ['the service takes discovery documents of RFC 8414 since November 2026']),
  ];
}

const OIDC_DISCOVERY = /\/\.well-known\/openid-configuration$/;

function mcpConfiguration(props: GatewayResourceProps): agentcore.CfnGateway.MCPGatewayConfigurationProperty {
  const { settings } = props;
  const sessionTimeoutInSeconds = settings.sessionTimeoutSeconds;
  return {
    instructions: settings.instructions,
    supportedVersions: [...settings.protocolVersions],
    searchType: settings.semanticSearch ? agentcore.McpGatewaySearchType.SEMANTIC.value : undefined,
    sessionConfiguration: sessionTimeoutInSeconds === undefined ? undefined : { sessionTimeoutInSeconds },
    streamingConfiguration: settings.responseStreaming ? { enableResponseStreaming: true } : undefined,
    disableMcpListToolsPagination: settings.toolListPagination ? undefined : true,
  };
}
