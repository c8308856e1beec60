import {
  CredentialProviderType,
  type ICredentialProviderConfig,
  McpTargetType,
} from 'aws-cdk-lib/aws-bedrockagentcore';
import type { TargetManifest } from '../../../contract/manifest';

/** How a gateway may authenticate to a target. `role` is the gateway's own, `none` no authentication at all. */
export type OutboundCredential = 'none' | 'role' | 'api-key' | 'oauth';

/** Kinds of targets that the service knows. */
export type ServiceKind = Exclude<TargetManifest['kind'], 'custom'>;

/** What the service takes of one kind of target. */
export interface TargetLimits {
  /** What `credentials` may be. */
  readonly credentials: readonly OutboundCredential[];
  /** What the gateway uses when nothing is given. Source: aws-cdk-lib, GatewayTarget. */
  readonly byDefault: OutboundCredential;
  /** Whether the role signs for an AWS service that the app must name (`IamCredentialProvider`, SigV4). */
  readonly roleSignsForService: boolean;
  /** Page of the AgentCore developer guide that says so. */
  readonly source: string;
}

/** By kind of target, what the service refuses when the target is created, or at every call. */
export const TARGET_LIMITS: { readonly [kind in ServiceKind]: TargetLimits } = {
  lambda: {
    credentials: ['role'],
    byDefault: 'role',
    roleSignsForService: false,
    source: 'gateway-outbound-auth; aws/aws-cdk#38149 for what happens otherwise',
  },
  'api-gateway': {
    credentials: ['none', 'role', 'api-key'],
    byDefault: 'none',
    roleSignsForService: false,
    source: 'gateway-target-api-gateway',
  },
  'mcp-server': {
    credentials: ['none', 'role', 'oauth', 'api-key'],
    byDefault: 'none',
    roleSignsForService: true,
    source: 'gateway-outbound-auth',
  },
  openapi: {
    credentials: ['none', 'role', 'oauth', 'api-key'],
    byDefault: 'none',
    roleSignsForService: true,
    source: 'gateway-schema-openapi',
  },
  smithy: {
    credentials: ['role', 'oauth'],
    byDefault: 'role',
    roleSignsForService: false,
    source: 'gateway-outbound-auth',
  },
};

/** The kind of target that a configuration of aws-cdk-lib makes. */
export const KIND_OF_TYPE: { readonly [type in McpTargetType]: ServiceKind } = {
  [McpTargetType.LAMBDA]: 'lambda',
  [McpTargetType.API_GATEWAY]: 'api-gateway',
  [McpTargetType.MCP_SERVER]: 'mcp-server',
  [McpTargetType.OPENAPI_SCHEMA]: 'openapi',
  [McpTargetType.SMITHY_MODEL]: 'smithy',
};

/** The same for a credential provider. */
const CREDENTIAL_OF_TYPE: { readonly [type in CredentialProviderType]: OutboundCredential } = {
  [CredentialProviderType.GATEWAY_IAM_ROLE]: 'role',
  [CredentialProviderType.API_KEY]: 'api-key',
  [CredentialProviderType.OAUTH]: 'oauth',
};

/** How a gateway authenticates to a target of this kind. */
export function outboundCredential(
  kind: ServiceKind,
  given: ICredentialProviderConfig | undefined,
): OutboundCredential {
  return given === undefined ? TARGET_LIMITS[kind].byDefault : CREDENTIAL_OF_TYPE[given.credentialProviderType];
}

/** Lists of headers and query parameters that pass. Source: control API model, MetadataConfiguration; guide, page gateway-headers. */
export const PASS_THROUGH = {
  itemsMax: 10,
  headerNameMaxLength: 100,
  queryNameMaxLength: 40,
  headerPattern: /^[a-zA-Z0-9_-]+$/,
  /** Refused whatever the list says, in lower case. */
  refused: /^(?:authorization|content-type|accept|host|cookie|user-agent|origin|mcp-session-id|x-forwarded-.*)$/,
  /** Refused but for the second pattern. */
  reserved: /^x-amzn-/,
  allowedReserved: /^x-amzn-bedrock-agentcore-runtime-custom-/,
} as const;

/** Names of tools and their arguments that models take. Source: Bedrock, ToolSpecification and inference providers: 64 characters. */
export const MODEL_NAME = /^[a-zA-Z0-9_-]{1,64}$/;
