import { Stack } from 'aws-cdk-lib';
import * as agentcore from 'aws-cdk-lib/aws-bedrockagentcore';
import * as cognito from 'aws-cdk-lib/aws-cognito';
import { COGNITO_ACCESS_TOKEN_CLAIMS } from '../../contract/claim-names';
import { OAUTH_USER } from '../../contract/claims';
import type { DeclaredClaim } from '../../contract/manifest';
import { type Diagnostic, diagnostic } from '../../diagnostics/diagnostic';
import { GovernanceError } from '../../diagnostics/governance-error';
import { warn } from '../findings/warn';
import type { IdentityBinder, IdentityContext } from './bound-identity';
import { checkAccepted } from './check-accepted';
import { checkClaims, declareClaims, mergeClaims } from './check-claims';
import { checkGroups, clientsOfClaims } from './check-cognito';
import { asksForAudience, checkCustomClaims } from './check-custom-claims';
import { discoveryUrl } from './cognito-endpoints';
import type { ExistingUserPoolOptions } from './existing-user-pool-options';
import { PreTokenGeneration } from './pre-token-generation';
import { checkTestUsers, personas } from './test-user';

/** A user pool that exists already. Throws a GovernanceError for options with which any token would be accepted, or none. */
export function existingUserPoolIdentity(
  userPool: cognito.IUserPool,
  options: ExistingUserPoolOptions,
): IdentityBinder {
  const declared = declareClaims(options.claims);
  const findings = check(userPool, options, declared);
  if (findings.length > 0) throw new GovernanceError(findings);
  const clients = Object.entries(options.clients ?? {});
  const claims = mergeClaims(COGNITO_ACCESS_TOKEN_CLAIMS, declared);
  const { tokenEndpointUrl } = options;
  const scopes = options.allowedScopes ?? [];
  return (scope, context) => {
    if (asksForAudience(options.customClaims)) warn(scope, diagnostic('IDENTITY_COGNITO_AUDIENCE', {}));
    const trigger = options.attachTrigger ? attachTrigger(userPool, declared, options, context) : undefined;
    return {
      authorizer: agentcore.GatewayAuthorizer.usingCustomJwt({
        discoveryUrl: discoveryUrl(userPool),
        allowedClients: options.clients && clients.map(([, client]) => client.userPoolClientId),
        allowedScopes: options.allowedScopes,
        customClaims: options.customClaims?.map((claim) => claim._render()),
      }),
      authorizerOverrides: {},
      authorization: 'jwt',
      principalType: OAUTH_USER,
      manifest: {
        kind: 'existing-user-pool',
        authorization: 'jwt',
        discoveryUrl: discoveryUrl(userPool),
        allowedClients: clients.map(([, client]) => client.userPoolClientId),
        allowedAudiences: [],
        allowedScopes: scopes,
        customClaims: (options.customClaims ?? []).map((claim) => claim._manifest()),
        claims,
        groups: options.groups ?? [],
        clients: clients.map(([name, client]) => ({
          name,
          clientId: client.userPoolClientId,
          flow: flowOf(client),
          scopes,
        })),
        preTokenGeneration: trigger?.manifest(),
        tokenEndpointUrl,
      },
      claims,
      scopes,
      personas: personas(options.testUsers),
      tokenEndpointUrl,
      discoveryUrl: discoveryUrl(userPool),
      userPool,
      machineClients: Object.fromEntries(clients.filter(([, client]) => flowOf(client) === 'client-credentials')),
      outputs: { UserPoolId: userPool.userPoolId, ...(tokenEndpointUrl && { TokenEndpointUrl: tokenEndpointUrl }) },
    };
  };
}

/** The trigger lives beside the pool, so that a pool in a stack of its own does not depend on the gateway's. */
function attachTrigger(
  userPool: cognito.IUserPool,
  claims: readonly DeclaredClaim[],
  options: ExistingUserPoolOptions,
  context: IdentityContext,
): PreTokenGeneration | undefined {
  if (!takesTriggers(userPool)) return undefined;
  if (hasTrigger(userPool)) throw GovernanceError.of('IDENTITY_TRIGGER_TAKEN', { path: userPool.node.path });
  const config = { claims, clients: clientsOfClaims({ claims }), apiSignInScopes: [] };
  const trigger = new PreTokenGeneration(userPool, 'PreTokenGeneration', { userPool, config, context });
  trigger.publishClients(options.clients ?? {});
  return trigger;
}

function check(
  userPool: cognito.IUserPool,
  options: ExistingUserPoolOptions,
  claims: readonly DeclaredClaim[],
): Diagnostic[] {
  const { clients, allowedScopes, customClaims, groups = [], attachTrigger: configured = false } = options;
  const allowedClients = clients && Object.keys(clients);
  const findings = [
    ...checkAccepted('Identity.fromUserPool', { clients: allowedClients, allowedScopes, customClaims }),
    ...checkGroups(groups),
    ...checkClaims(claims, { configured, groups, clients: allowedClients ?? [] }),
    ...checkCustomClaims(customClaims, mergeClaims(COGNITO_ACCESS_TOKEN_CLAIMS, claims), groups),
    ...checkTestUsers(options.testUsers, groups),
  ];
  if (configured && !takesTriggers(userPool)) findings.push(diagnostic('IDENTITY_TRIGGER_NEEDS_POOL', {}));
  if (configured) findings.push(...checkWriters(clients ?? {}, claims));
  return findings;
}

function takesTriggers(userPool: cognito.IUserPool): userPool is cognito.UserPool {
  return 'addTrigger' in userPool;
}

/** Whether the pool has a pre-token-generation trigger already: of the team's own, or from another gateway. Cognito takes one. */
function hasTrigger(userPool: cognito.UserPool): boolean {
  const { lambdaConfig } = userPool.node.defaultChild as cognito.CfnUserPool;
  const triggers = (Stack.of(userPool).resolve(lambdaConfig) ?? {}) as cognito.CfnUserPool.LambdaConfigProperty;
  return triggers.preTokenGeneration !== undefined || triggers.preTokenGenerationConfig !== undefined;
}

/** A client without a list of its own lets users write every attribute. Imported clients cannot be looked at. */
function checkWriters(
  clients: { readonly [name: string]: cognito.IUserPoolClient },
  claims: readonly DeclaredClaim[],
): Diagnostic[] {
  return Object.entries(clients).flatMap(([name, client]) => {
    const resource = client.node.defaultChild;
    if (!(resource instanceof cognito.CfnUserPoolClient) || flowOf(client) === 'client-credentials') return [];
    const { writeAttributes } = resource;
    return claims
      .filter(({ attribute = 'sub' }) => attribute !== 'sub' && (writeAttributes?.includes(attribute) ?? true))
      .map(({ attribute = '', name: claim }) =>
        diagnostic('IDENTITY_CLAIM_WRITABLE', { where: `writeAttributes of client ${name}`, attribute, claim }),
      );
  });
}

/** Imported clients do not say; a person's client is the safer guess, because it has no secret to ask for. */
function flowOf(client: cognito.IUserPoolClient): 'code' | 'client-credentials' {
  return client instanceof cognito.UserPoolClient && client.oAuthFlows.clientCredentials === true
    ? 'client-credentials'
    : 'code';
}
