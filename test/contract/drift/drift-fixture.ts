import type { DeclarationSources } from '../../../lib/contract/drift/declared-gateway';
import type { StackState, Template } from '../../../lib/contract/drift/stack';
import { PROOF_CONDITION } from '../../../lib/contract/interceptor-proof';
import type { JsonObject } from '../../../lib/contract/json';
import type { DesiredPolicy } from '../../../lib/contract/policy-set-document';

export const GATEWAY_ID = 'notes-abcdefghij';
export const GATEWAY_ARN = `arn:aws:bedrock-agentcore:eu-west-1:111122223333:gateway/${GATEWAY_ID}`;
export const ENGINE_ID = 'Notes-0000000001';
const PROOF = `ggp_${'0a'.repeat(32)}`;

const of = { GatewayIdentifier: { 'Fn::GetAtt': ['Gateway', 'GatewayIdentifier'] } };

/** A gateway with one of everything that is compared. */
export const TEMPLATE: Template = {
  Resources: {
    Engine: { Type: 'Custom::AgentCorePolicyEngine' },
    Role: { Type: 'AWS::IAM::Role' },
    Request: { Type: 'AWS::Lambda::Function' },
    Response: { Type: 'AWS::Lambda::Function' },
    Tool: { Type: 'AWS::Lambda::Function' },
    Pool: { Type: 'AWS::Cognito::UserPool' },
    Acl: { Type: 'AWS::WAFv2::WebACL', Properties: { Scope: 'REGIONAL' } },
    Gateway: {
      Type: 'AWS::BedrockAgentCore::Gateway',
      Properties: {
        Name: 'notes',
        Description: { 'Fn::Join': [' ', ['Notes of', { Ref: 'AWS::AccountId' }]] },
        RoleArn: { 'Fn::GetAtt': ['Role', 'Arn'] },
        ProtocolType: 'MCP',
        ProtocolConfiguration: { Mcp: { SupportedVersions: ['2025-11-25', '2025-06-18'], SearchType: 'SEMANTIC' } },
        AuthorizerType: 'CUSTOM_JWT',
        AuthorizerConfiguration: {
          CustomJWTAuthorizer: {
            AllowedClients: [{ Ref: 'Client' }],
            DiscoveryUrl: {
              'Fn::Join': ['', [{ 'Fn::GetAtt': ['Pool', 'ProviderURL'] }, '/.well-known/openid-configuration']],
            },
          },
        },
        PolicyEngineConfiguration: { Arn: { 'Fn::GetAtt': ['Engine', 'PolicyEngineArn'] }, Mode: 'ENFORCE' },
        InterceptorConfigurations: ['Request', 'Response'].map((name) => ({
          InterceptionPoints: [name.toUpperCase()],
          Interceptor: { Lambda: { Arn: { 'Fn::GetAtt': [name, 'Arn'] } } },
          InputConfiguration: { PassRequestHeaders: true },
        })),
        Tags: { team: 'notes' },
      },
    },
    Target: {
      Type: 'AWS::BedrockAgentCore::GatewayTarget',
      Properties: {
        ...of,
        Name: 'Notes',
        CredentialProviderConfigurations: [{ CredentialProviderType: 'GATEWAY_IAM_ROLE' }],
        TargetConfiguration: {
          Mcp: {
            Lambda: {
              LambdaArn: { 'Fn::GetAtt': ['Tool', 'Arn'] },
              ToolSchema: {
                InlinePayload: [
                  {
                    Name: 'read',
                    Description: 'Reads a note.',
                    InputSchema: { Type: 'object', Properties: { Type: { Type: 'string' }, id: { Type: 'string' } } },
                  },
                  { Name: 'write', Description: 'Writes a note.', InputSchema: { Type: 'object' } },
                ],
              },
            },
          },
        },
      },
    },
    Limit: {
      Type: 'AWS::BedrockAgentCore::GatewayRateLimit',
      Properties: {
        ...of,
        RateLimitId: 'by-caller',
        DimensionKeys: ['$.context.identity.sub'],
        Entries: [{ Dimensions: { '*': '*' }, Requests: [{ Rate: 60, Period: 'MINUTE' }] }],
      },
    },
    Association: {
      Type: 'AWS::WAFv2::WebACLAssociation',
      Properties: {
        ResourceArn: { 'Fn::GetAtt': ['Gateway', 'GatewayArn'] },
        WebACLArn: { 'Fn::GetAtt': ['Acl', 'Arn'] },
      },
    },
  },
};

export const STACK: StackState = {
  stackId: 'arn:aws:cloudformation:eu-west-1:111122223333:stack/Notes/1',
  stackName: 'Notes',
  status: 'UPDATE_COMPLETE',
  resources: {
    Gateway: GATEWAY_ID,
    Engine: 'Notes',
    Role: 'notes-role',
    Request: 'request',
    Response: 'response',
    Tool: 'tool',
    Pool: 'eu-west-1_pool',
    Client: 'client-1',
    Acl: 'acl|0a1b|REGIONAL',
  },
  parameters: {},
  outputs: { IdOut: GATEWAY_ID, EngineOut: ENGINE_ID },
};

function policy(id: string, statement: string, rest: Partial<DesiredPolicy> = {}): DesiredPolicy {
  return {
    id,
    name: id.replace('-', '_'),
    effect: 'permit',
    statementParts: statement.split('GATEWAY'),
    validationMode: 'FAIL_ON_ANY_FINDINGS',
    enforcementMode: 'ACTIVE',
    origin: { file: `policies/${id}.cedar`, line: 1, column: 1 },
    ...rest,
  };
}

export const READERS =
  'permit(principal, action == AgentCore::Action::"Notes___read", resource == AgentCore::Gateway::"GATEWAY");';
export const POLICIES: readonly DesiredPolicy[] = [
  policy('readers', READERS),
  policy(
    'writers',
    'permit(principal, action == AgentCore::Action::"Notes___write", resource == AgentCore::Gateway::"GATEWAY");',
    {
      enforcementMode: 'LOG_ONLY',
    },
  ),
  policy(
    'guard',
    `forbid(principal, action, resource == AgentCore::Gateway::"GATEWAY") unless { context.input has gateway_proof && ${PROOF_CONDITION} };`,
  ),
];

export const SOURCES: DeclarationSources = {
  template: TEMPLATE,
  stack: STACK,
  logicalId: 'Gateway',
  policyEngineId: ENGINE_ID,
  policies: POLICIES,
};

const lambda = (name: string): string => `arn:aws:lambda:eu-west-1:111122223333:function:${name}`;

/** The answer of GetGateway when nothing was changed. */
export function deployedGateway(): JsonObject {
  return {
    gatewayArn: GATEWAY_ARN,
    gatewayId: GATEWAY_ID,
    gatewayUrl: `https://${GATEWAY_ID}.gateway.test/mcp`,
    createdAt: '2026-11-01T00:00:00.000Z',
    updatedAt: '2026-11-01T00:00:00.000Z',
    status: 'READY',
    statusReasons: [],
    name: 'notes',
    description: 'Notes of 111122223333',
    roleArn: 'arn:aws:iam::111122223333:role/notes-role',
    protocolType: 'MCP',
    protocolConfiguration: {
      mcp: {
        supportedVersions: ['2025-06-18', '2025-11-25'],
        searchType: 'SEMANTIC',
        disableMcpListToolsPagination: false,
      },
    },
    authorizerType: 'CUSTOM_JWT',
    authorizerConfiguration: {
      customJWTAuthorizer: {
        discoveryUrl: 'https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_pool/.well-known/openid-configuration',
        allowedClients: ['client-1'],
        allowedAudience: [],
      },
    },
    policyEngineConfiguration: {
      arn: `arn:aws:bedrock-agentcore:eu-west-1:111122223333:policy-engine/${ENGINE_ID}`,
      mode: 'ENFORCE',
    },
    interceptorConfigurations: ['response', 'request'].map((name) => ({
      interceptor: { lambda: { arn: lambda(name) } },
      interceptionPoints: [name.toUpperCase()],
      inputConfiguration: { passRequestHeaders: true },
    })),
    workloadIdentityDetails: { workloadIdentityArn: 'arn:aws:x' },
    webAclArn: 'arn:aws:wafv2:eu-west-1:111122223333:regional/webacl/acl/0a1b',
  };
}

/** The answers of GetGatewayTarget. */
export function deployedTargets(): JsonObject[] {
  return [
    {
      gatewayArn: GATEWAY_ARN,
      targetId: 'TARGET0001',
      name: 'Notes',
      status: 'READY',
      credentialProviderConfigurations: [{ credentialProviderType: 'GATEWAY_IAM_ROLE' }],
      targetConfiguration: {
        mcp: {
          lambda: {
            lambdaArn: lambda('tool'),
            toolSchema: {
              inlinePayload: [
                { name: 'write', description: 'Writes a note.', inputSchema: { type: 'object' } },
                {
                  name: 'read',
                  description: 'Reads a note.',
                  inputSchema: { type: 'object', properties: { id: { type: 'string' }, Type: { type: 'string' } } },
                },
              ],
            },
          },
        },
      },
    },
  ];
}

export function deployedLimits(): JsonObject[] {
  return [
    {
      rateLimitId: 'by-caller',
      dimensionKeys: ['$.context.identity.sub'],
      entries: [{ dimensions: { '*': '*' }, requests: [{ rate: 60, period: 'MINUTE' }] }],
      status: 'ACTIVE',
    },
  ];
}

/** Statement of a policy as the reconciler sends it. */
export function deployedStatement({ statementParts }: DesiredPolicy): string {
  return statementParts
    .join(GATEWAY_ARN)
    .replaceAll(PROOF_CONDITION, `(${PROOF_CONDITION.replace('ggp_placeholder', PROOF)})`);
}
