import { InputError, type InputOptions, toCedarInput } from '../arguments/cedar-input';
import type { CedarRecord } from '../arguments/cedar-type';
import type { Claims } from '../claims';
import { PROOF_ARGUMENT, withoutProofArgument } from '../interceptor-proof';
import type { JsonObject, JsonValue } from '../json';
import { valueAt } from './pointer';
import type { DecisionReads } from './reads';

/** The part of a call that policies can read: no policy of the set decides otherwise on anything that is not in here. */
export interface Projection {
  /** Whether the arguments fit the tool's schema. The platform cannot decide a call whose arguments do not, and nothing else is recorded. */
  readonly fits: boolean;
  /** Claims by name; null for one that the token does not have. */
  readonly claims: JsonObject;
  /** Whether these are all claims of the token. */
  readonly everyClaim: boolean;
  /** Claims of which only the presence was recorded. */
  readonly hasClaims: { readonly [claim: string]: boolean };
  /** Values by JSON pointer; null for one that is not there. */
  readonly arguments: JsonObject;
  /** Arguments of which only the presence was recorded, by JSON pointer. */
  readonly hasArguments: { readonly [pointer: string]: boolean };
}

/** A call as the REQUEST interceptor leaves it. */
export interface ProjectedCall {
  readonly claims: Claims | undefined;
  /** The proof of the interceptor is left out: what a policy reads of it is the same for every call. */
  readonly arguments: JsonObject;
}

/** What the policies of a tool can read of a call, exactly. */
export function projectionOf(
  { claims = {}, arguments: sent }: ProjectedCall,
  reads: DecisionReads,
  type: CedarRecord,
  options: InputOptions = {},
): Projection {
  const args = withoutProofArgument(sent);
  const everyClaim = reads.claims === 'all';
  const names = reads.claims === 'all' ? Object.keys(claims).filter((name) => name !== 'sub') : reads.claims;
  const fits = fitsType(args, withoutProof(type), options);
  return {
    fits,
    everyClaim: fits && everyClaim,
    claims: fits ? Object.fromEntries(names.map((name) => [name, claimOf(claims, name)])) : {},
    hasClaims: fits ? present(reads.testedClaims, (name) => claimOf(claims, name)) : {},
    arguments: fits ? Object.fromEntries(reads.arguments.map((path) => [path, valueAt(args, path) ?? null])) : {},
    hasArguments: fits ? present(reads.testedArguments, (path) => valueAt(args, path) ?? null) : {},
  };
}

function claimOf(claims: Claims, name: string): JsonValue {
  return Object.hasOwn(claims, name) ? (claims[name] ?? null) : null;
}

function present(names: readonly string[], read: (name: string) => JsonValue): { [name: string]: boolean } {
  return Object.fromEntries(names.map((name) => [name, read(name) !== null]));
}

function fitsType(args: JsonObject, type: CedarRecord, options: InputOptions): boolean {
  try {
    toCedarInput(args, type, options);
    return true;
  } catch (error) {
    if (error instanceof InputError) return false;
    throw error;
  }
}

/** The interceptor adds the proof last, in whatever call it forwards. */
export function withoutProof(type: CedarRecord): CedarRecord {
  if (!type.attributes.has(PROOF_ARGUMENT)) return type;
  return { kind: 'record', attributes: new Map([...type.attributes].filter(([name]) => name !== PROOF_ARGUMENT)) };
}
