import type { Claims } from './claims';
import type { JsonValue } from './json';
import type { DeclaredClaim } from './manifest';

/** Whom a token is for. */
export type TokenSubject =
  | {
      readonly kind: 'user';
      readonly attributes: { readonly [name: string]: string };
      readonly groups: readonly string[];
      /** Name of the client that asks for the token, when it is one of the declared ones. */
      readonly client?: string;
    }
  | { readonly kind: 'machine'; readonly client?: string };

/** Attributes that a user may claim without owning them, and the attribute that says whether the pool verified it. */
const VERIFIED_BY: ReadonlyMap<string, string> = new Map([
  ['email', 'email_verified'],
  ['phone_number', 'phone_number_verified'],
]);

/**
 * The declared claims of one access token. A claim without a value is absent, never an empty text, so that a policy's `hasTag` is false.
 * Pure: the trigger runs it in production, policy tests and the emulator run it for personas.
 */
export function claimValues(claims: readonly DeclaredClaim[], subject: TokenSubject): Claims {
  const values: [string, JsonValue][] = [];
  for (const claim of claims) {
    const value = claimValue(claim, subject);
    if (value !== undefined && value !== null && value !== '') values.push([claim.name, value]);
  }
  return Object.fromEntries(values);
}

function claimValue(claim: DeclaredClaim, subject: TokenSubject): JsonValue | undefined {
  if (claim.source === 'client') return lookUp(claim.values, subject.client);
  if (subject.kind === 'machine') return lookUp(claim.machineValues, subject.client);
  if (claim.source === 'groups') return fromGroups(claim, subject.groups);
  if (claim.source === 'attribute') return fromAttribute(claim.attribute, subject.attributes);
  return undefined;
}

/** The value of the first declared group that the user is in, or of all of them, in the order of the declaration. */
function fromGroups(claim: DeclaredClaim, groups: readonly string[]): JsonValue | undefined {
  const found = Object.entries(claim.values ?? {}).flatMap(([group, value]) => (groups.includes(group) ? [value] : []));
  if (!claim.multiValued) return found[0];
  return found.length === 0 ? undefined : [...new Set(found)];
}

function fromAttribute(name: string | undefined, attributes: { readonly [name: string]: string }): string | undefined {
  const value = lookUp(attributes, name);
  const verifier = name === undefined ? undefined : VERIFIED_BY.get(name);
  if (verifier !== undefined && lookUp(attributes, verifier) !== 'true') return undefined;
  return typeof value === 'string' ? value : undefined;
}

/** Own members only: no client or attribute is called `constructor`. */
function lookUp<T>(record: { readonly [key: string]: T } | undefined, key: string | undefined): T | undefined {
  return record !== undefined && key !== undefined && Object.hasOwn(record, key) ? record[key] : undefined;
}
