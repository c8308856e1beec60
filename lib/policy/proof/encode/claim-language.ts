import { claimToTag } from '../../../contract/claims';
import type { DeclaredClaim } from '../../../contract/manifest';
import type { Language } from '../formula/variables';

/**
 * The texts that a claim can have: JSON for an array, a list of values where the identity sets them, and any text elsewhere. A user's
 * attribute and a claim of somebody else's issuer can be anything.
 */
export function claimLanguage(name: string, claims: readonly DeclaredClaim[] | undefined): Language {
  const claim = claims?.find((one) => one.name === name);
  if (claim?.multiValued === true) return { kind: 'json-array', spaced: false };
  if (claim === undefined || (claim.source !== 'groups' && claim.source !== 'client')) return { kind: 'any' };
  const values = [...Object.values(claim.values ?? {}), ...Object.values(claim.machineValues ?? {})];
  const texts = values.flatMap((value) => claimToTag(value) ?? []);
  return { kind: 'listed', values: [...new Set(texts)].sort() };
}
