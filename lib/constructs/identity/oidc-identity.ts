import { Token } from 'aws-cdk-lib';
import * as agentcore from 'aws-cdk-lib/aws-bedrockagentcore';
import { OIDC_ACCESS_TOKEN_CLAIMS } from '../../contract/claim-names';
import { OAUTH_USER } from '../../contract/claims';
import type { JsonObject, JsonValue } from '../../contract/json';
import { type Diagnostic, diagnostic } from '../../diagnostics/diagnostic';
import { GovernanceError } from '../../diagnostics/governance-error';
import { warn } from '../findings/warn';
import type { IdentityBinder } from './bound-identity';
import { checkAccepted } from './check-accepted';
import { checkClaims, declareClaims, mergeClaims } from './check-claims';
import { asksForAudience, checkCustomClaims } from './check-custom-claims';
import type { Claim } from './claim';
import type { CustomClaim } from './custom-claim';

/** A user for the emulator and for tests. It goes into the gateway manifest, never into the template. */
export interface OidcTestUser {
  /**
   * Claims of the user's tokens, as the issuer's tokens carry them: `{ roles: ['adjuster'], realm_access: { roles: [] } }`. The emulator
   * adds what the gateway's settings demand (audience, client, scope) and what every token has (`sub`, `iss`, `iat`, `exp`), no more.
   *
   * @default - none
   */
  readonly claims?: { readonly [name: string]: unknown };
}

/** An issuer of JSON Web Tokens with OpenID Connect discovery. */
export interface OidcIdentityOptions {
  /**
   * Address of the issuer's discovery document: of OpenID Connect (`.../.well-known/openid-configuration`), or of OAuth as RFC 8414 defines it
   * (`https://issuer/.well-known/oauth-authorization-server/...`).
   */
  readonly discoveryUrl: string;

  /**
   * Clients whose tokens are accepted, compared with claim `client_id`.
   *
   * @default - not compared
   */
  readonly allowedClients?: string[];

  /**
   * Audiences of which a token must have one, compared with claim `aud`.
   *
   * @default - not compared
   */
  readonly allowedAudiences?: string[];

  /**
   * Scopes of which a token must have one.
   *
   * @default - not compared
   */
  readonly allowedScopes?: string[];

  /**
   * What clients are told to ask for, by allowed scope, where the issuer's spelling differs from that in its tokens.
   *
   * @default - the allowed scopes themselves
   */
  readonly advertisedScopes?: { readonly [allowedScope: string]: string };

  /**
   * Claims without which the gateway refuses a token, before any policy is asked.
   *
   * @default - none
   */
  readonly customClaims?: CustomClaim[];

  /**
   * Claims that the issuer's tokens carry beside `sub`, `iss`, `aud`, `exp` and `iat`: `Claim.declared()` or `Claim.declaredList()` by name.
   * Policies are checked against them.
   *
   * @default - unknown, so that policies may name any claim
   */
  readonly claims?: { readonly [name: string]: Claim };

  /**
   * Where clients get tokens, for the outputs.
   *
   * @default - clients find it in the discovery document
   */
  readonly tokenEndpointUrl?: string;

  /**
   * Users for the emulator and for tests, by user name. They are in no template.
   *
   * @default - none
   */
  readonly testUsers?: { readonly [username: string]: OidcTestUser };
}

/**
 * Over https. [model] AgentCore Control API, DiscoveryUrl. The service takes documents of RFC 8414 since November 2026; that well-known path
 * comes before the issuer's own one, and some issuers put it behind.
 */
const DISCOVERY_PATTERN =
  /^https:\/\/[^/]+(\/.+)?\/\.well-known\/(openid-configuration$|oauth-authorization-server(\/|$))/;

/** Discovery documents of Cognito user pools. */
const COGNITO_PATTERN = /^https:\/\/cognito-idp\.[a-z0-9-]+\.amazonaws\.com/;

/** Claims in which issuers name the application, beside `aud` and `client_id`. */
const APPLICATION_CLAIMS: ReadonlySet<string> = new Set(['aud', 'azp', 'appid', 'cid', 'client_id']);

/** Tokens of any issuer. Throws a GovernanceError for options with which any token would be accepted, or none. */
export function oidcIdentity(options: OidcIdentityOptions): IdentityBinder {
  const findings = check(options);
  if (findings.length > 0) throw new GovernanceError(findings);
  const { allowedClients, allowedAudiences, allowedScopes, advertisedScopes, customClaims, tokenEndpointUrl } = options;
  const claims = options.claims && mergeClaims(OIDC_ACCESS_TOKEN_CLAIMS, declareClaims(options.claims));
  const overrides: { [path: string]: JsonValue } = {};
  if (advertisedScopes) overrides['AdvertisedScopeMapping'] = { ...advertisedScopes };
  return (scope) => {
    if (wantsCognitoAudience(options)) warn(scope, diagnostic('IDENTITY_COGNITO_AUDIENCE', {}));
    if (!namesApplication(options)) warn(scope, diagnostic('IDENTITY_NO_AUDIENCE', { path: scope.node.path }));
    return {
      authorizer: agentcore.GatewayAuthorizer.usingCustomJwt({
        discoveryUrl: options.discoveryUrl,
        allowedClients,
        allowedAudience: allowedAudiences,
        allowedScopes,
        customClaims: customClaims?.map((claim) => claim._render()),
      }),
      authorizerOverrides: overrides,
      authorization: 'jwt',
      principalType: OAUTH_USER,
      manifest: {
        kind: 'oidc',
        authorization: 'jwt',
        discoveryUrl: options.discoveryUrl,
        allowedClients: allowedClients ?? [],
        allowedAudiences: allowedAudiences ?? [],
        allowedScopes: allowedScopes ?? [],
        customClaims: (customClaims ?? []).map((claim) => claim._manifest()),
        claims,
        groups: [],
        clients: [],
        tokenEndpointUrl,
      },
      claims,
      scopes: allowedScopes ?? [],
      personas: Object.entries(options.testUsers ?? {}).map(([username, { claims: own }]) => ({
        username,
        groups: [],
        attributes: {},
        claims: (own ?? {}) as JsonObject,
      })),
      tokenEndpointUrl,
      discoveryUrl: options.discoveryUrl,
      machineClients: {},
      outputs: { DiscoveryUrl: options.discoveryUrl, ...(tokenEndpointUrl && { TokenEndpointUrl: tokenEndpointUrl }) },
    };
  };
}

/** Whether a token that the issuer made for another application is refused. */
function namesApplication({ allowedClients, allowedAudiences, customClaims }: OidcIdentityOptions): boolean {
  const named = customClaims?.some((claim) => APPLICATION_CLAIMS.has(claim.name));
  return allowedClients !== undefined || allowedAudiences !== undefined || named === true;
}

function wantsCognitoAudience({ discoveryUrl, allowedAudiences, customClaims }: OidcIdentityOptions): boolean {
  const wanted = allowedAudiences !== undefined || asksForAudience(customClaims);
  return wanted && COGNITO_PATTERN.test(discoveryUrl);
}

function check(options: OidcIdentityOptions): Diagnostic[] {
  const { discoveryUrl, allowedClients, allowedAudiences, allowedScopes, customClaims } = options;
  const findings = checkAccepted('Identity.oidc', { allowedClients, allowedAudiences, allowedScopes, customClaims });
  if (!Token.isUnresolved(discoveryUrl) && !DISCOVERY_PATTERN.test(discoveryUrl)) {
    findings.push(diagnostic('IDENTITY_DISCOVERY_URL', { url: discoveryUrl }));
  }
  const claims = declareClaims(options.claims);
  findings.push(...checkClaims(claims, { configured: false, groups: [], clients: [] }));
  if (options.claims) findings.push(...checkCustomClaims(customClaims, mergeClaims(OIDC_ACCESS_TOKEN_CLAIMS, claims)));
  return findings;
}
