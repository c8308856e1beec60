import * as agentcore from 'aws-cdk-lib/aws-bedrockagentcore';
import { UNAUTHENTICATED_USER } from '../../contract/claims';
import { diagnostic } from '../../diagnostics/diagnostic';
import { GovernanceError } from '../../diagnostics/governance-error';
import { warn } from '../findings/warn';
import type { IdentityBinder } from './bound-identity';
import { withoutTokens } from './without-tokens';

/** Anybody. The reason is required, because nobody should have to guess whether this was meant. */
export function withoutAuthorization(reason: string): IdentityBinder {
  if (reason.trim() === '') throw GovernanceError.of('IDENTITY_REASON_MISSING', {});
  return (scope) => {
    warn(scope, diagnostic('IDENTITY_NONE', { path: scope.node.path, reason }));
    return withoutTokens('none', agentcore.GatewayAuthorizer.withNoAuth(), UNAUTHENTICATED_USER, reason);
  };
}
