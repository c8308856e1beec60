import { Duration } from 'aws-cdk-lib';
import * as cognito from 'aws-cdk-lib/aws-cognito';
import { COGNITO_ACCESS_TOKEN_CLAIMS } from '../../contract/claim-names';
import type { DeclaredClaim, PersonaManifest } from '../../contract/manifest';
import { declareClaims, mergeClaims } from './check-claims';
import type { CognitoIdentityOptions } from './cognito-options';
import type { CustomClaim } from './custom-claim';
import { personas } from './test-user';
import { DEFAULT_WRITABLE } from './user-attributes';

/** Name of the client for people, in claims and in the manifest. */
export const PEOPLE = 'people';

/** The options of a user pool after defaults. What is still undefined depends on the gateway. */
export interface CognitoDeclaration {
  /** Claims that the app declares. */
  readonly claims: readonly DeclaredClaim[];
  /** Claims of the access token: those that Cognito gives, and the declared ones. */
  readonly tokenClaims: readonly DeclaredClaim[];
  readonly groups: readonly string[];
  readonly scopes: ReadonlyMap<string, string>;
  readonly resourceServerIdentifier: string | undefined;
  readonly requireScope: boolean;
  readonly customClaims: readonly CustomClaim[];
  readonly people: {
    readonly callbackUrls: readonly string[];
    readonly logoutUrls: readonly string[];
    readonly scopes: readonly string[];
    readonly writableAttributes: readonly string[];
    readonly adminPasswordSignIn: boolean;
  };
  /** Scopes of each machine client by its name. */
  readonly machines: ReadonlyMap<string, readonly string[]>;
  readonly domainPrefix: string | undefined;
  readonly signInAliases: cognito.SignInAliases;
  readonly mfa: cognito.Mfa;
  readonly passwordPolicy: cognito.PasswordPolicy;
  readonly featurePlan: cognito.FeaturePlan;
  readonly deletionProtection: boolean | undefined;
  readonly accessTokenValidity: Duration;
  readonly refreshTokenValidity: Duration;
  readonly personas: readonly PersonaManifest[];
}

/**
 * Addresses of MCP Inspector's page and command line, of mcp-remote when it is given the port 3334, of programs that are told the port 8976 (such as
 * Claude Code), of Cursor and of VS Code.
 */
const LOCAL_CALLBACKS = [
  'http://localhost:6274/oauth/callback',
  'http://127.0.0.1:6276/oauth/callback',
  'http://localhost:3334/oauth/callback',
  'http://localhost:8976/callback',
  'http://localhost:8787/callback',
  'http://127.0.0.1:33418/',
];

const PASSWORD_POLICY: cognito.PasswordPolicy = {
  minLength: 12,
  requireLowercase: true,
  requireUppercase: true,
  requireDigits: true,
  requireSymbols: true,
  tempPasswordValidity: Duration.days(3),
};

/** Resolves every default of a user pool, here and nowhere else. */
export function resolveCognito(options: CognitoIdentityOptions): CognitoDeclaration {
  const claims = declareClaims(options.claims);
  const scopes = new Map(Object.entries(options.scopes ?? { invoke: 'Call the tools of the gateway' }));
  const all = [...scopes.keys()];
  const people = options.people ?? {};
  const sources = claims.map((claim) => claim.attribute);
  return {
    claims,
    tokenClaims: mergeClaims(COGNITO_ACCESS_TOKEN_CLAIMS, claims),
    groups: options.groups ?? [],
    scopes,
    resourceServerIdentifier: options.resourceServerIdentifier,
    requireScope: options.requireScope ?? true,
    customClaims: options.customClaims ?? [],
    people: {
      callbackUrls: people.callbackUrls ?? LOCAL_CALLBACKS,
      logoutUrls: people.logoutUrls ?? [],
      scopes: people.scopes ?? all,
      writableAttributes: people.writableAttributes ?? DEFAULT_WRITABLE.filter((name) => !sources.includes(name)),
      adminPasswordSignIn: people.adminPasswordSignIn ?? false,
    },
    machines: new Map(
      Object.entries(options.machines ?? { machine: {} }).map(([name, client]) => [name, client.scopes ?? all]),
    ),
    domainPrefix: options.domainPrefix,
    signInAliases: options.signInAliases ?? { email: true },
    mfa: options.mfa ?? cognito.Mfa.OPTIONAL,
    passwordPolicy: { ...PASSWORD_POLICY, ...options.passwordPolicy },
    featurePlan: options.featurePlan ?? cognito.FeaturePlan.ESSENTIALS,
    deletionProtection: options.deletionProtection,
    accessTokenValidity: options.accessTokenValidity ?? Duration.hours(1),
    refreshTokenValidity: options.refreshTokenValidity ?? Duration.days(1),
    personas: personas(options.testUsers),
  };
}
