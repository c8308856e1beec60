import { randomUUID } from 'node:crypto';
import { isReservedClaim } from '../../contract/claim-names';
import type { JsonObject } from '../../contract/json';
import type { IdentityManifest } from '../../contract/manifest';
import type { LocalFunction } from '../functions/local-function';
import { type ClaimChanges, declaredClaims, runTrigger, type TokenRequest } from './pre-token-generation';
import type { SigningKey } from './signing-key';
import type { Directory } from './users';

/** Life of a local token in seconds: Cognito's default for access tokens. */
const TOKEN_SECONDS = 3_600;

export interface IssuedTokens {
  readonly accessToken: string;
  readonly idToken?: string;
  readonly expiresIn: number;
}

/** Stands in for the issuer, a Cognito user pool or another: signs the tokens that the gateway accepts. */
export interface IdentityProvider {
  readonly kind: IdentityManifest['kind'];
  readonly issuer: string;
  readonly key: SigningKey;
  readonly directory: Directory;
  /**
   * Issues tokens as the pool would, the application's own trigger included. Rejects when the trigger fails.
   *
   * @param overrides claims over all others; null takes one away
   */
  issue(request: TokenRequest, overrides?: JsonObject): Promise<IssuedTokens>;
  /** An access token with exactly these claims beside the technical ones: for trying a call by hand. */
  issueWithClaims(claims: JsonObject): Promise<string>;
}

export interface IdentityProviderSettings {
  readonly issuer: string;
  readonly identity: IdentityManifest;
  readonly directory: Directory;
  readonly key: SigningKey;
  /** The application's pre-token-generation trigger. */
  readonly trigger: LocalFunction | undefined;
  readonly clock: () => Date;
}

export function createIdentityProvider(settings: IdentityProviderSettings): IdentityProvider {
  const { issuer, identity, directory, key, trigger } = settings;
  const seconds = (): number => Math.floor(settings.clock().getTime() / 1_000);

  function technicalClaims(): JsonObject {
    const now = seconds();
    return { iss: issuer, iat: now, auth_time: now, exp: now + TOKEN_SECONDS, jti: randomUUID() };
  }

  function accessClaims(request: TokenRequest, changes: ClaimChanges): JsonObject {
    const { user, client } = request;
    const scopes = [...request.scopes, ...changes.scopesToAdd].filter((s) => !changes.scopesToSuppress.includes(s));
    const claims: JsonObject = {
      sub: user?.sub ?? client.clientId,
      ...(user !== undefined && changes.groups.length > 0 ? { 'cognito:groups': [...changes.groups] } : {}),
      scope: [...new Set(scopes)].join(' '),
      ...(identity.allowedAudiences[0] === undefined ? {} : { aud: identity.allowedAudiences[0] }),
    };
    for (const [name, value] of Object.entries(changes.claims)) if (!isReservedClaim(name)) claims[name] = value;
    for (const name of changes.suppressed) if (!isReservedClaim(name)) delete claims[name];
    const technical = { token_use: 'access', client_id: client.clientId, ...technicalClaims() };
    return { ...claims, ...technical, ...(user === undefined ? {} : { username: user.username }) };
  }

  return {
    kind: identity.kind,
    issuer,
    key,
    directory,
    async issue(request, overrides = {}) {
      const changes = trigger === undefined ? declaredClaims(identity, request) : await runTrigger(trigger, request);
      const accessToken = await key.sign(withoutNulls({ ...accessClaims(request, changes), ...overrides }));
      if (request.user === undefined) return { accessToken, expiresIn: TOKEN_SECONDS };
      const idToken = await key.sign({
        ...request.user.attributes,
        sub: request.user.sub,
        'cognito:username': request.user.username,
        'cognito:groups': [...changes.groups],
        aud: request.client.clientId,
        token_use: 'id',
        ...technicalClaims(),
      });
      return { accessToken, idToken, expiresIn: TOKEN_SECONDS };
    },
    async issueWithClaims(claims) {
      const client = [...directory.clients.keys()][0];
      const defaults: JsonObject = {
        token_use: 'access',
        ...(client === undefined ? {} : { client_id: client }),
        ...(identity.allowedAudiences[0] === undefined ? {} : { aud: identity.allowedAudiences[0] }),
        scope: identity.allowedScopes.join(' '),
      };
      return await key.sign({ ...defaults, ...technicalClaims(), ...claims });
    },
  };
}

function withoutNulls(claims: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(claims).filter(([, value]) => value !== null));
}
