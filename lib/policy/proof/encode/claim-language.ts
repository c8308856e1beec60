import { claimToTag } from '../../../contract/claims';
import type { JsonValue } from '../../../contract/json';
import type { DeclaredClaim } from '../../../contract/manifest';
import type { Language } from '../formula/variables';

/** Values of several groups of which every combination is listed: 255 of them. More are taken for any array. */
const MOST_VALUES = 8;

/** The texts that a claim can have, when arrays are written without spaces and with a space after each comma. */
export interface ClaimLanguages {
  readonly plain: Language;
  readonly spaced: Language;
}

/**
 * The texts that a claim can have: JSON for an array, a list of values where the identity sets them, and any text elsewhere. A user's
 * attribute and a claim of somebody else's issuer can be anything.
 */
export function claimLanguages(name: string, claims: readonly DeclaredClaim[] | undefined): ClaimLanguages {
  const claim = claims?.find((one) => one.name === name);
  const values = claim === undefined ? undefined : possibleValues(claim);
  if (values !== undefined) return { plain: listed(values, false), spaced: listed(values, true) };
  if (claim?.multiValued !== true) return { plain: { kind: 'any' }, spaced: { kind: 'any' } };
  return { plain: { kind: 'json-array', spaced: false }, spaced: { kind: 'json-array', spaced: true } };
}

/** Every value that the pool can give the claim; undefined where it does not decide that, and where there are too many. */
function possibleValues({ source, multiValued, ...claim }: DeclaredClaim): JsonValue[] | undefined {
  if (source !== 'groups' && source !== 'client') return undefined;
  const { values = {}, machineValues = {} } = claim;
  const machine = Object.values(machineValues);
  if (claim.values === undefined && machine.length === 0) return undefined;
  if (!multiValued) return [...Object.values(values), ...machine];
  // A user of several groups has their values in the order of the declaration, each once.
  const each = [...new Set(Object.values(values))];
  if (each.length > MOST_VALUES) return undefined;
  let sets: JsonValue[][] = [[]];
  for (const value of each) sets = [...sets, ...sets.map((set) => [...set, value])];
  return [...sets.filter((set) => set.length > 0), ...machine];
}

function listed(values: readonly JsonValue[], spacedArrays: boolean): Language {
  const texts = values.flatMap((value) => claimToTag(value, { spacedArrays }) ?? []);
  return { kind: 'listed', values: [...new Set(texts)].sort() };
}
