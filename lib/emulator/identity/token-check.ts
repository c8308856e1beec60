import { type Claims, roundedClaim } from '../../contract/claims';
import { isJsonObject, type JsonObject, type JsonValue } from '../../contract/json';
import type { IdentityManifest } from '../../contract/manifest';
import type { Resolver } from '../../contract/template-values';
import type { SigningKey } from './signing-key';

/** What inbound authorization says of a token. */
export type TokenVerdict =
  | { readonly kind: 'valid'; readonly claims: Claims }
  /** 401 */
  | { readonly kind: 'invalid'; readonly message: string }
  /** 403 */
  | { readonly kind: 'insufficient-scope' };

export type TokenCheck = (token: string) => Promise<TokenVerdict>;

const INVALID: TokenVerdict = { kind: 'invalid', message: 'Invalid Bearer token' };

/** Tokens whose signature has been verified, so that it is not computed again for every call. */
const REMEMBERED = 1_000;

/**
 * The check of a JWT authorizer: signature, issuer and expiry; then everything that is configured must hold.
 * Source: developer guide, page inbound-jwt-authorizer.
 */
export function tokenCheck(
  identity: IdentityManifest,
  key: SigningKey,
  issuer: string,
  resolve: Resolver,
  clock: () => Date,
): TokenCheck {
  const clients = identity.allowedClients.map(resolve);
  const claimRules = identity.customClaims.map(customClaimRule);
  const verified = new Map<string, Claims>();

  async function signedClaims(token: string): Promise<Claims | undefined> {
    const known = verified.get(token);
    if (known !== undefined) return known;
    const claims = await key.verify(token);
    if (claims === undefined) return undefined;
    if (verified.size >= REMEMBERED) verified.clear();
    verified.set(token, claims);
    return claims;
  }

  return async (token) => {
    const claims = await signedClaims(token);
    if (claims === undefined || !inTime(claims, clock().getTime() / 1_000)) return INVALID;
    if (typeof claims['sub'] !== 'string' || claims['sub'] === '') return INVALID;
    const rounded = roundedClaim(claims);
    if (rounded !== undefined)
      return { kind: 'invalid', message: `Claim '${rounded}' has a number that the emulator cannot carry exactly` };
    // Seen on the service, misleading as it is.
    if (claims['iss'] !== issuer) return { kind: 'insufficient-scope' };
    if (clients.length > 0 && !overlap(claims['client_id'], clients)) return mismatch('client_id');
    if (identity.allowedAudiences.length > 0 && !overlap(claims['aud'], identity.allowedAudiences)) {
      return mismatch('aud');
    }
    const failed = claimRules.find((rule) => !rule.holds(claims[rule.claim] ?? null));
    if (failed !== undefined) return mismatch(failed.claim);
    if (identity.allowedScopes.length > 0 && !overlap(scopesOf(claims), identity.allowedScopes)) {
      return { kind: 'insufficient-scope' };
    }
    return { kind: 'valid', claims };
  };
}

function mismatch(claim: string): TokenVerdict {
  return { kind: 'invalid', message: `Claim '${claim}' value mismatch` };
}

/** A token without expiry is not taken. */
export function inTime(claims: Claims, now: number): boolean {
  const expires = claims['exp'];
  const notBefore = claims['nbf'];
  return typeof expires === 'number' && now < expires && (typeof notBefore !== 'number' || now >= notBefore);
}

function scopesOf(claims: Claims): JsonValue {
  const scope = claims['scope'];
  return typeof scope === 'string' ? scope.split(' ') : (scope ?? null);
}

function overlap(claim: JsonValue | undefined, allowed: readonly string[]): boolean {
  const values = Array.isArray(claim) ? claim : [claim];
  return values.some((value) => typeof value === 'string' && allowed.includes(value));
}

interface ClaimRule {
  readonly claim: string;
  readonly holds: (value: JsonValue) => boolean;
}

/** A custom claim as the API or CloudFormation writes it; the first letters of the keys differ. */
function customClaimRule(config: JsonObject): ClaimRule {
  const claim = member(config, 'inboundTokenClaimName');
  const match = member(config, 'authorizingClaimMatchValue');
  const operator = isJsonObject(match) ? member(match, 'claimMatchOperator') : null;
  const wanted = isJsonObject(match) ? member(match, 'claimMatchValue') : null;
  const single = isJsonObject(wanted) ? member(wanted, 'matchValueString') : null;
  const list = isJsonObject(wanted) ? member(wanted, 'matchValueStringList') : null;
  const values = (Array.isArray(list) ? list : [single]).filter((value): value is string => typeof value === 'string');
  return {
    claim: typeof claim === 'string' ? claim : '',
    holds: (value) =>
      operator === 'EQUALS' ? typeof value === 'string' && values.includes(value) : overlap(asArray(value), values),
  };
}

function asArray(value: JsonValue): JsonValue {
  return Array.isArray(value) ? value : null;
}

function member(object: JsonObject, name: string): JsonValue {
  return object[name] ?? object[name.charAt(0).toUpperCase() + name.slice(1)] ?? null;
}
