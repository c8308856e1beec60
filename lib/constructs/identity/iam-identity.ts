import * as agentcore from 'aws-cdk-lib/aws-bedrockagentcore';
import { IAM_ENTITY } from '../../contract/claims';
import type { IdentityBinder } from './bound-identity';
import { withoutTokens } from './without-tokens';

/** Callers with AWS credentials. */
export function iamIdentity(): IdentityBinder {
  return () => withoutTokens('iam', agentcore.GatewayAuthorizer.usingAwsIam(), IAM_ENTITY);
}
