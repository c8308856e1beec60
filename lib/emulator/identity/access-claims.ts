import { isReservedClaim } from '../../contract/claim-names';
import type { JsonObject } from '../../contract/json';
import type { IdentityManifest } from '../../contract/manifest';
import type { ClaimChanges, TokenRequest } from './pre-token-generation';

/** Claims of an access token, but for those that belong to every token of the issuer. */
export function accessClaims(identity: IdentityManifest, request: TokenRequest, changes: ClaimChanges): JsonObject {
  return identity.kind === 'oidc'
    ? issuerClaims(identity, request, changes)
    : cognitoClaims(identity, request, changes);
}

/** What a user pool puts in, and what the application's trigger changed. Source: Cognito developer guide, page the-access-token. */
function cognitoClaims(identity: IdentityManifest, request: TokenRequest, changes: ClaimChanges): JsonObject {
  const { user, client } = request;
  const scopes = [...request.scopes, ...changes.scopesToAdd].filter((s) => !changes.scopesToSuppress.includes(s));
  const claims: JsonObject = {
    sub: user?.sub ?? client.clientId,
    ...(user !== undefined && changes.groups.length > 0 ? { 'cognito:groups': [...changes.groups] } : {}),
    scope: [...new Set(scopes)].join(' '),
    ...audience(identity),
  };
  for (const [name, value] of Object.entries(changes.claims)) if (!isReservedClaim(name)) claims[name] = value;
  for (const name of changes.suppressed) if (!isReservedClaim(name)) delete claims[name];
  const technical = { token_use: 'access', client_id: client.clientId };
  return { ...claims, ...technical, ...(user === undefined ? {} : { username: user.username }) };
}

/** What the test user says, and what the gateway's own settings demand of a token. Nothing else: no issuer is like another. */
function issuerClaims(
  identity: IdentityManifest,
  { user, client, scopes }: TokenRequest,
  changes: ClaimChanges,
): JsonObject {
  return {
    ...user?.attributes,
    ...changes.claims,
    ...audience(identity),
    ...(identity.allowedClients.length > 0 ? { client_id: client.clientId } : {}),
    ...(scopes.length > 0 ? { scope: scopes.join(' ') } : {}),
    sub: user?.sub ?? client.clientId,
    ...user?.claims,
  };
}

/** The first accepted audience; none where the gateway compares none. */
export function audience({ allowedAudiences: [first] }: IdentityManifest): JsonObject {
  return first === undefined ? {} : { aud: first };
}
