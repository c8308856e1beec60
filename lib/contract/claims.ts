import { isExactJson, type JsonObject, type JsonValue } from './json';

/** Claims of a verified token. */
export type Claims = JsonObject;

export const OAUTH_USER = 'AgentCore::OAuthUser';
export const IAM_ENTITY = 'AgentCore::IamEntity';
export const UNAUTHENTICATED_USER = 'AgentCore::UnauthenticatedUser';

/** Entity type of a gateway's callers, by the kind of its authorization. */
export const CALLER_TYPES = { jwt: OAUTH_USER, iam: IAM_ENTITY, none: UNAUTHENTICATED_USER } as const;

/** The caller as Cedar sees it. */
export interface Principal {
  readonly type: typeof OAUTH_USER | typeof IAM_ENTITY | typeof UNAUTHENTICATED_USER;
  /** `sub` of the token, or the caller's ARN without session name; empty without authentication. */
  readonly id: string;
  /** One string per claim; only for OAuth users. */
  readonly tags: { readonly [claim: string]: string };
}

/** Where the platform's behaviour is unproven. The defaults follow what was seen. */
export interface ClaimTagOptions {
  /** Whether `sub` is a tag as well as the entity's id. @default false */
  readonly subTag?: boolean;
  /** Whether array claims have a space after each comma. @default false */
  readonly spacedArrays?: boolean;
}

/**
 * A claim as AgentCore turns it into a tag: a number or boolean as its text, an array or object as JSON text, null as no tag.
 * Source: developer guide, page example-policies-principal.
 */
export function claimToTag(value: JsonValue, options: ClaimTagOptions = {}): string | undefined {
  if (value === null) return undefined;
  if (typeof value === 'string') return value;
  if (typeof value === 'object') {
    const compact = JSON.stringify(value);
    return options.spacedArrays && Array.isArray(value)
      ? `[${value.map((item) => JSON.stringify(item)).join(', ')}]`
      : compact;
  }
  return String(value);
}

/** The first claim with a number that JavaScript has rounded, so that its text would be another one than the token's. */
export function roundedClaim(claims: Claims): string | undefined {
  return Object.keys(claims).find((name) => !isExactJson(claims[name]));
}

/**
 * The principal of a JWT gateway. Throws a RangeError when there is no `sub`, because the entity would have no id, and for an integer
 * beyond 2^53, because another caller's could look the same.
 */
export function principalFromClaims(claims: Claims, options: ClaimTagOptions = {}): Principal {
  const sub = claims['sub'];
  if (typeof sub !== 'string' || sub === '') throw new RangeError('claims have no `sub`');
  const rounded = roundedClaim(claims);
  if (rounded !== undefined)
    throw new RangeError(`claim \`${rounded}\` has a number that JavaScript does not carry exactly`);
  const tags: [string, string][] = [];
  for (const [claim, value] of Object.entries(claims)) {
    if (claim === 'sub' && !options.subTag) continue;
    const tag = claimToTag(value, options);
    if (tag !== undefined) tags.push([claim, tag]);
  }
  return { type: OAUTH_USER, id: sub, tags: Object.fromEntries(tags) };
}

/** The principal of an IAM gateway: the caller's ARN without session name. */
export function principalFromIam(callerArn: string): Principal {
  const session = /^(arn:[^:]+:sts::[0-9]{12}:assumed-role\/[^/]+)\/.+$/.exec(callerArn);
  return { type: IAM_ENTITY, id: session?.[1] ?? callerArn, tags: {} };
}

/** The principal of a gateway without authorization. */
export const unauthenticatedPrincipal: Principal = { type: UNAUTHENTICATED_USER, id: '', tags: {} };
