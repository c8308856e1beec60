import { claimValues, type TokenSubject } from '../../../contract/claim-values';
import {
  type Claims,
  type ClaimTagOptions,
  type Principal,
  principalFromClaims,
  principalFromIam,
  unauthenticatedPrincipal,
} from '../../../contract/claims';
import type { JsonObject } from '../../../contract/json';
import type { IdentityManifest } from '../../../contract/manifest';
import { subOf } from '../../../contract/persona-sub';
import { GovernanceError } from '../../../diagnostics/governance-error';
import type { Persona } from '../file/test-file';

/**
 * The access token's claims of a persona: the standard ones of a user or machine client, those that the identity provider
 * derives, and over them the persona's own. Shapes: Cognito developer guide, access token payload.
 */
export function claimsOf(persona: Persona, identity?: IdentityManifest): Claims {
  const claims: JsonObject = { ...standardClaims(persona, identity) };
  Object.assign(claims, claimValues(identity?.claims ?? [], subjectOf(persona)), persona.claims);
  return Object.fromEntries(Object.entries(claims).filter(([, value]) => value !== null));
}

/** The persona as Cedar sees it. Throws TEST_PERSONA_WITHOUT_SUB for a persona that no token could be issued for. */
export function principalOf(persona: Persona, identity?: IdentityManifest, options: ClaimTagOptions = {}): Principal {
  if (persona.iam !== undefined) return principalFromIam(persona.iam);
  if (persona.anonymous) return unauthenticatedPrincipal;
  const claims = claimsOf(persona, identity);
  const sub = claims['sub'];
  if (typeof sub !== 'string' || sub === '')
    throw GovernanceError.of('TEST_PERSONA_WITHOUT_SUB', { name: persona.name });
  return principalFromClaims(claims, options);
}

function subjectOf(persona: Persona): TokenSubject {
  if (persona.client !== undefined) return { kind: 'machine', client: persona.client };
  return { kind: 'user', attributes: persona.attributes, groups: persona.groups };
}

function standardClaims(persona: Persona, identity: IdentityManifest | undefined): JsonObject {
  if (persona.client !== undefined) {
    const scopes = persona.scopes ?? scopesOf(identity, persona.client, 'client-credentials');
    return { sub: persona.client, client_id: persona.client, token_use: 'access', ...scopeClaim(scopes) };
  }
  const username = persona.username ?? persona.name;
  const sub = subOf({ ...persona, username });
  // Of another issuer's tokens nothing is known but what the persona says and the gateway demands.
  if (identity?.kind === 'oidc') {
    return { ...persona.attributes, sub, ...scopeClaim(persona.scopes ?? identity.allowedScopes) };
  }
  return {
    sub,
    username,
    token_use: 'access',
    ...(persona.groups.length > 0 ? { 'cognito:groups': [...persona.groups] } : {}),
    ...scopeClaim(persona.scopes ?? scopesOf(identity, undefined, 'code')),
  };
}

function scopesOf(
  identity: IdentityManifest | undefined,
  name: string | undefined,
  flow: 'code' | 'client-credentials',
) {
  const client = identity?.clients.find((entry) => entry.flow === flow && (name === undefined || entry.name === name));
  return client?.scopes ?? [];
}

function scopeClaim(scopes: readonly string[]): JsonObject {
  return scopes.length > 0 ? { scope: scopes.join(' ') } : {};
}
