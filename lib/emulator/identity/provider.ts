import { randomUUID } from 'node:crypto';
import type { JsonObject } from '../../contract/json';
import type { IdentityManifest } from '../../contract/manifest';
import type { LocalFunction } from '../functions/local-function';
import { accessClaims, audience } from './access-claims';
import { declaredClaims, runTrigger, type TokenRequest } from './pre-token-generation';
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
    const always = { iss: issuer, iat: now, exp: now + TOKEN_SECONDS };
    return identity.kind === 'oidc' ? always : { ...always, auth_time: now, jti: randomUUID() };
  }

  return {
    kind: identity.kind,
    issuer,
    key,
    directory,
    async issue(request, overrides = {}) {
      const changes = trigger === undefined ? declaredClaims(identity, request) : await runTrigger(trigger, request);
      const accessToken = await key.sign(
        withoutNulls({ ...accessClaims(identity, request, changes), ...technicalClaims(), ...overrides }),
      );
      if (request.user === undefined) return { accessToken, expiresIn: TOKEN_SECONDS };
      const pool = {
        'cognito:username': request.user.username,
        'cognito:groups': [...changes.groups],
        token_use: 'id',
      };
      const idToken = await key.sign({
        ...request.user.attributes,
        sub: request.user.sub,
        ...(identity.kind === 'oidc' ? request.user.claims : pool),
        aud: request.client.clientId,
        ...technicalClaims(),
      });
      return { accessToken, idToken, expiresIn: TOKEN_SECONDS };
    },
    async issueWithClaims(claims) {
      const [client] = directory.clients.keys();
      const { kind, allowedClients, allowedScopes } = identity;
      const defaults: JsonObject = {
        ...(kind === 'oidc' ? {} : { token_use: 'access' }),
        ...(client === undefined || (kind === 'oidc' && allowedClients.length === 0) ? {} : { client_id: client }),
        ...audience(identity),
        ...(kind === 'oidc' && allowedScopes.length === 0 ? {} : { scope: allowedScopes.join(' ') }),
      };
      return await key.sign({ ...defaults, ...technicalClaims(), ...claims });
    },
  };
}

function withoutNulls(claims: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(claims).filter(([, value]) => value !== null));
}
