import { claimCondition } from './claim-condition';
import { claimToTag } from './claims';
import { isJsonObject, type JsonObject, type JsonValue } from './json';
import type { DeclaredClaim } from './manifest';
import type { DeclaredTrustedField } from './trusted-context';

/** All the values that something can have. */
export interface ClosedSet {
  /** The owner of the values, in words. */
  readonly what: string;
  readonly values: readonly string[];
  /** Whether it is an array, whose elements these are. */
  readonly isArray: boolean;
}

/** Facts about the tokens of a gateway's callers. */
export interface KnownCallers {
  /** Claims that access tokens carry; undefined when nobody can know. */
  readonly claims?: readonly DeclaredClaim[] | undefined;
  /** Groups that users can be in; undefined or empty when nobody can know. */
  readonly groups?: readonly string[] | undefined;
  /** Conditions on claims without which the gateway refuses a token, as the service's API spells them. */
  readonly customClaims?: readonly JsonObject[] | undefined;
}

/** Values of a claim that is made from groups or clients, or that the gateway demands, and the groups themselves. Undefined for a claim of any text. */
export function closedClaim(
  name: string,
  { claims, groups = [], customClaims = [] }: KnownCallers,
): ClosedSet | undefined {
  const what = `the claim \`${name}\``;
  const conditions = customClaims.map(claimCondition);
  // An array may hold more than what a condition asks for.
  const demanded = conditions.find(({ claim, operator }) => claim === name && operator === 'EQUALS')?.values;
  if (demanded !== undefined) return { what, values: demanded, isArray: false };
  if (name === 'cognito:groups' && groups.length > 0) return { what, values: groups, isArray: true };
  const declared = claims?.find((claim) => claim.name === name);
  if (declared === undefined || (declared.source !== 'groups' && declared.source !== 'client')) return undefined;
  const all = [...Object.values(declared.values ?? {}), ...Object.values(declared.machineValues ?? {})];
  const values = [...new Set(all.flat().flatMap((value) => claimToTag(value) ?? []))];
  return values.length === 0 ? undefined : { what, values, isArray: declared.multiValued };
}

/** Values of a trusted field that has few. */
export function closedField({ name, source }: DeclaredTrustedField, callers: KnownCallers): ClosedSet | undefined {
  const closed = (values: readonly string[]): ClosedSet => ({
    what: `trusted field \`${name}\``,
    values,
    isArray: false,
  });
  if (source.kind === 'claim-choice') return closed(source.choices.map(({ value }) => value));
  if (source.kind === 'constant' && typeof source.value === 'string') return closed([source.value]);
  const claim = source.kind === 'claim' ? closedClaim(source.claim, callers) : undefined;
  return claim?.isArray === false ? closed(claim.values) : undefined;
}

/** Values of a member of an object that is an enum, by the schema of the object. */
export function closedMember(schema: JsonValue | undefined, path: readonly string[]): ClosedSet | undefined {
  const [name, ...rest] = path;
  if (!isJsonObject(schema)) return undefined;
  if (name !== undefined) {
    const { properties } = schema;
    const found =
      isJsonObject(properties) && Object.hasOwn(properties, name) ? closedMember(properties[name], rest) : undefined;
    return found && { ...found, what: `argument \`${path.join('.')}\`` };
  }
  const { items } = schema;
  const isArray = isJsonObject(items);
  const values = enumOf(isArray ? items : schema);
  return values && { what: '', values, isArray };
}

/** Texts of an enum; `anyOf` with null, which zod writes for a nullable enum, takes none of them away. */
function enumOf(schema: JsonObject): readonly string[] | undefined {
  const { enum: values, const: only, anyOf } = schema;
  if (Array.isArray(anyOf)) {
    const others = anyOf.filter((one) => !isJsonObject(one) || one['type'] !== 'null');
    return others.length === 1 && isJsonObject(others[0]) ? enumOf(others[0]) : undefined;
  }
  const listed = Array.isArray(values) ? values.filter((value) => value !== null) : [only];
  return listed.every((value) => typeof value === 'string') ? listed : undefined;
}
