import { claimValues, type TokenSubject } from '../../lib/contract/claim-values';
import type { Claims } from '../../lib/contract/claims';
import type { PreTokenConfig } from '../../lib/contract/pre-token-config';
import type { ClientNames } from './client-names';
import { readEvent, type TokenRequest } from './event';

/** What Cognito is told to change. Source: Amazon Cognito developer guide, page user-pool-lambda-pre-token-generation. */
export interface TokenOverrides {
  readonly claimsAndScopeOverrideDetails: {
    readonly accessTokenGeneration: {
      readonly claimsToAddOrOverride: Claims;
      readonly scopesToAdd?: readonly string[];
    };
  };
}

/** What one invocation may say in the log: names, never values. */
export interface TokenRecord {
  readonly message: 'access token customized';
  readonly source: string;
  readonly client?: string;
  readonly claims: readonly string[];
}

export interface TokenAnswer {
  readonly response: TokenOverrides;
  readonly record: TokenRecord;
}

/**
 * Decides the declared claims of one access token. The ID token and the groups stay as they are: the gateway reads access tokens.
 * Rejects when anything is not as expected, and then Cognito issues no token.
 */
export async function customizeToken(
  event: unknown,
  config: PreTokenConfig,
  clientNames: ClientNames,
): Promise<TokenAnswer> {
  const request = readEvent(event);
  const client = config.clients.length === 0 ? undefined : await clientNames(request.clientId);
  const claims = claimValues(config.claims, subjectOf(request, client));
  const scopes = request.apiSignIn ? config.apiSignInScopes : [];
  const accessTokenGeneration = {
    claimsToAddOrOverride: claims,
    ...(scopes.length > 0 && { scopesToAdd: scopes }),
  };
  return {
    response: { claimsAndScopeOverrideDetails: { accessTokenGeneration } },
    record: { message: 'access token customized', source: request.source, client, claims: Object.keys(claims) },
  };
}

/** A machine's token has no user, whatever the event says about one. */
function subjectOf(request: TokenRequest, client: string | undefined): TokenSubject {
  return request.kind === 'machine'
    ? { kind: 'machine', client }
    : { kind: 'user', attributes: request.attributes, groups: request.groups, client };
}
