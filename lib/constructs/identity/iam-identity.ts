import * as agentcore from 'aws-cdk-lib/aws-bedrockagentcore';
import { IAM_ENTITY } from '../../contract/claims';
import type { IdentityBinder } from './bound-identity';

/** Callers with AWS credentials. */
export function iamIdentity(): IdentityBinder {
  return () => ({
    authorizer: agentcore.GatewayAuthorizer.usingAwsIam(),
    authorizerOverrides: {},
    authorization: 'iam',
    principalType: IAM_ENTITY,
    manifest: {
      kind: 'iam',
      authorization: 'iam',
      allowedClients: [],
      allowedAudiences: [],
      allowedScopes: [],
      customClaims: [],
      claims: [],
      groups: [],
      clients: [],
    },
    claims: [],
    scopes: [],
    personas: [],
    machineClients: {},
    outputs: {},
  });
}
