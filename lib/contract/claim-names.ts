import type { DeclaredClaim } from './manifest';

/**
 * Claims that a pre-token-generation trigger cannot set: Cognito keeps its own value without a word.
 * Source: Amazon Cognito developer guide, page user-pool-lambda-pre-token-generation, excluded claims.
 */
const RESERVED: readonly string[] = [
  'acr',
  'amr',
  'at_hash',
  'aud',
  'auth_time',
  'azp',
  'client_id',
  'device_key',
  'event_id',
  'exp',
  'iat',
  'identities',
  'iss',
  'jti',
  'nbf',
  'nonce',
  'origin_jti',
  'scope',
  'sub',
  'token_use',
  'username',
  'version',
];

/** Prefixes of claims that belong to Cognito. Same source as {@link RESERVED}. */
const RESERVED_PREFIXES: readonly string[] = ['cognito:', 'dev:', 'aws:'];

/** Whether Cognito would ignore a claim of this name from a pre-token-generation trigger. */
export function isReservedClaim(name: string): boolean {
  return RESERVED.includes(name) || RESERVED_PREFIXES.some((prefix) => name.startsWith(prefix));
}

/** Claim names that need no quoting anywhere: letters, digits and `_ . : / -`, at most 255 characters. */
export const CLAIM_NAME_PATTERN = /^[A-Za-z][A-Za-z0-9_.:/-]{0,254}$/;

/**
 * Whether a policy can match a text inside the JSON text of an array claim: `like` gives `*` a meaning, and JSON escapes `"` and `\`.
 */
export function isMatchable(text: string): boolean {
  return !/[*"\\]/.test(text);
}

const standard = (name: string, multiValued = false): DeclaredClaim => ({ name, source: 'standard', multiValued });

/**
 * Claims that Cognito itself puts into access tokens. `username`, `cognito:groups`, `origin_jti`, `event_id` and `device_key` are absent from
 * machine tokens. Source: Amazon Cognito developer guide, page amazon-cognito-user-pools-using-the-access-token.
 */
export const COGNITO_ACCESS_TOKEN_CLAIMS: readonly DeclaredClaim[] = [
  ...['sub', 'iss', 'client_id', 'token_use', 'scope', 'auth_time', 'exp', 'iat', 'jti', 'version'].map((n) =>
    standard(n),
  ),
  standard('username'),
  standard('cognito:groups', true),
  ...['origin_jti', 'event_id', 'device_key'].map((name) => standard(name)),
];

/** Claims that any issuer's access tokens carry. Source: RFC 9068, section 2.2. */
export const OIDC_ACCESS_TOKEN_CLAIMS: readonly DeclaredClaim[] = ['sub', 'iss', 'aud', 'exp', 'iat'].map((name) =>
  standard(name),
);
