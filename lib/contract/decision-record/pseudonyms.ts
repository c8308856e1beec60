import { createHmac } from 'node:crypto';
import { canonicalJson } from '../canonical-json';
import type { JsonValue } from '../json';
import { isWithin } from './pointer';
import type { Projection } from './projection';

/** A name for a value that only somebody with the key can tell: the same value has the same name, within its kind. */
export function pseudonymOf(key: string, kind: string, value: JsonValue): string {
  const text = `${kind}\n${canonicalJson(value)}`;
  return `p_${createHmac('sha256', key).update(text).digest('hex').slice(0, 24)}`;
}

/** A number from 0 to 1 that a key was given by lot: both points of a call draw the same. */
export function lotOf(pseudonym: string): number {
  return Number.parseInt(pseudonym.slice(2, 10), 16) / 2 ** 32;
}

export interface PrivateProjection extends Projection {
  readonly pseudonyms: { readonly [value: string]: string };
}

/** A projection of which some values are hidden: only their presence is left, and for those that were asked for a pseudonym. */
export function withPseudonyms(
  projection: Projection,
  key: string,
  pseudonymize: readonly string[],
  isSecret: (value: JsonValue) => boolean,
): PrivateProjection {
  const pseudonyms: { [value: string]: string } = {};
  const split = (values: Projection['claims'], kind: string, isNamed: (name: string) => boolean) => {
    const shown: [string, JsonValue][] = [];
    const hidden: [string, boolean][] = [];
    for (const [name, value] of Object.entries(values)) {
      const named = isNamed(name);
      if (!named && (value === null || !isSecret(value))) shown.push([name, value]);
      else hidden.push([name, value !== null]);
      if (named && value !== null) pseudonyms[`${kind} ${name}`] = pseudonymOf(key, `${kind} ${name}`, value);
    }
    return { shown: Object.fromEntries(shown), hidden: Object.fromEntries(hidden) };
  };
  const claims = split(projection.claims, 'claim', (name) => pseudonymize.includes(name));
  const args = split(projection.arguments, 'argument', (pointer) =>
    pseudonymize.some((own) => own.startsWith('/') && (isWithin(pointer, own) || isWithin(own, pointer))),
  );
  return {
    fits: projection.fits,
    // Names of hidden claims are known, their values are not.
    everyClaim: projection.everyClaim && Object.keys(claims.hidden).length === 0,
    claims: claims.shown,
    hasClaims: { ...projection.hasClaims, ...claims.hidden },
    arguments: args.shown,
    hasArguments: { ...projection.hasArguments, ...args.hidden },
    pseudonyms,
  };
}
