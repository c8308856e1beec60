import { createHash } from 'node:crypto';
import type { JsonObject } from './json';

/** A user of policy tests, of the offline backend and the emulator alike. */
export interface NamedUser {
  readonly username: string;
  readonly attributes: { readonly [name: string]: string };
  readonly claims?: JsonObject | undefined;
}

/**
 * The `sub` of a user without a user pool: the claim or attribute of that name, or a UUID that depends on the user name alone, so that policies
 * and data may name it. A pool gives each user another one.
 */
export function subOf({ username, attributes, claims }: NamedUser): string {
  const declared = claims?.['sub'] ?? attributes['sub'];
  if (typeof declared === 'string') return declared;
  const hex = createHash('sha256').update(`user:${username}`).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
