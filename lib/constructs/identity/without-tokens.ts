import type * as agentcore from 'aws-cdk-lib/aws-bedrockagentcore';
import type { BoundIdentity } from './bound-identity';

/** The identity of a gateway whose callers bring no token: no claims, no scopes, no clients and nobody to sign in. */
export function withoutTokens(
  authorization: 'iam' | 'none',
  authorizer: agentcore.IGatewayAuthorizerConfig,
  principalType: BoundIdentity['principalType'],
  reason?: string,
): BoundIdentity {
  return {
    authorizer,
    authorizerOverrides: {},
    authorization,
    principalType,
    manifest: {
      kind: authorization,
      authorization,
      allowedClients: [],
      allowedAudiences: [],
      allowedScopes: [],
      customClaims: [],
      claims: [],
      groups: [],
      clients: [],
      ...(reason !== undefined && { reason }),
    },
    claims: [],
    scopes: [],
    personas: [],
    machineClients: {},
    outputs: {},
  };
}
