import * as agentcore from 'aws-cdk-lib/aws-bedrockagentcore';
import { UNAUTHENTICATED_USER } from '../../contract/claims';
import { diagnostic } from '../../diagnostics/diagnostic';
import { GovernanceError } from '../../diagnostics/governance-error';
import type { IdentityBinder } from './bound-identity';
import { warn } from './warn';

/** Anybody. The reason is required, because nobody should have to guess whether this was meant. */
export function withoutAuthorization(reason: string): IdentityBinder {
  if (reason.trim() === '') throw GovernanceError.of('IDENTITY_REASON_MISSING', {});
  return (scope) => {
    warn(scope, diagnostic('IDENTITY_NONE', { path: scope.node.path, reason }));
    return {
      authorizer: agentcore.GatewayAuthorizer.withNoAuth(),
      authorizerOverrides: {},
      authorization: 'none',
      principalType: UNAUTHENTICATED_USER,
      manifest: {
        kind: 'none',
        authorization: 'none',
        allowedClients: [],
        allowedAudiences: [],
        allowedScopes: [],
        customClaims: [],
        claims: [],
        groups: [],
        clients: [],
        reason,
      },
      claims: [],
      scopes: [],
      personas: [],
      machineClients: {},
      outputs: {},
    };
  };
}
