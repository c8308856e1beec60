import { claimCondition, fulfils } from '../../contract/claim-condition';
import { type Claims, roundedClaim } from '../../contract/claims';
import type { JsonValue } from '../../contract/json';
import type { IdentityManifest } from '../../contract/manifest';
import type { Resolver } from '../../contract/template-values';
import type { SigningKey } from './signing-key';

/** What inbound authorization says of a token. */
export type TokenVerdict =
  | { readonly kind: 'valid'; readonly claims: Claims }
  /** 401. `why` is for the developer alone. */
  | { readonly kind: 'invalid'; readonly message: string; readonly why: string }
  /** 403 */
  | { readonly kind: 'insufficient-scope'; readonly why: string };

export type TokenCheck = (token: string) => Promise<TokenVerdict>;

function invalid(why: string): TokenVerdict {
  return { kind: 'invalid', message: 'Invalid Bearer token', why };
}

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
  const conditions = identity.customClaims.map(claimCondition);
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
    if (claims === undefined) return invalid('the signature of the token is not that of the local issuer');
    const now = clock();
    if (!inTime(claims, now.getTime() / 1_000)) return invalid(untimely(claims, now));
    if (typeof claims['sub'] !== 'string' || claims['sub'] === '') return invalid('the token has no claim `sub`');
    const rounded = roundedClaim(claims);
    if (rounded !== undefined)
      return mismatch(`Claim '${rounded}' has a number that the emulator cannot carry exactly`);
    // Seen on the service, misleading as it is.
    if (claims['iss'] !== issuer) return insufficient(`the claim \`iss\` of the token is not ${issuer}`);
    if (clients.length > 0 && !overlap(claims['client_id'], clients)) {
      return claimMismatch('client_id', `one of the allowed clients, ${clients.join(', ')}`);
    }
    if (identity.allowedAudiences.length > 0 && !overlap(claims['aud'], identity.allowedAudiences)) {
      return claimMismatch('aud', `one of the allowed audiences, ${identity.allowedAudiences.join(', ')}`);
    }
    const failed = conditions.find((condition) => !fulfils(claims[condition.claim], condition));
    if (failed !== undefined) {
      return claimMismatch(failed.claim, `what the identity asks for, ${failed.values.join(' or ')}`);
    }
    if (identity.allowedScopes.length > 0 && !overlap(scopesOf(claims), identity.allowedScopes)) {
      return insufficient(`the token has none of the scopes ${identity.allowedScopes.join(', ')}`);
    }
    return { kind: 'valid', claims };
  };
}

function mismatch(message: string, why = message): TokenVerdict {
  return { kind: 'invalid', message, why };
}

function claimMismatch(claim: string, wanted: string): TokenVerdict {
  return mismatch(`Claim '${claim}' value mismatch`, `the claim \`${claim}\` of the token is not ${wanted}`);
}

function insufficient(why: string): TokenVerdict {
  return { kind: 'insufficient-scope', why };
}

function untimely({ exp, nbf }: Claims, now: Date): string {
  if (typeof exp !== 'number') return 'the token has no expiry';
  if (now.getTime() / 1_000 >= exp) return `the token expired at ${timeText(exp)}`;
  return `the token is not valid before ${timeText(Number(nbf))}`;
}

function timeText(seconds: number): string {
  const time = new Date(seconds * 1_000);
  return Number.isNaN(time.getTime()) ? String(seconds) : time.toISOString();
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
