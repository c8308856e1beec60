import { attributeAt } from '../../contract/arguments/cedar-type';
import { placeholderOf } from '../../contract/arguments/placeholder';
import { type ClaimTagOptions, OAUTH_USER, type Principal, principalFromClaims } from '../../contract/claims';
import { assembled, isWithin, namesOfPointer } from '../../contract/decision-record/pointer';
import type { Projection } from '../../contract/decision-record/projection';
import type { DecisionReads } from '../../contract/decision-record/reads';
import { PROOF_ARGUMENT, PROOF_PLACEHOLDER } from '../../contract/interceptor-proof';
import type { JsonObject, JsonValue } from '../../contract/json';
import type { ToolSchema } from '../schema/schema-json';
import { authorizeMisfit, authorizeWithoutRest } from './authorize';
import type { Decision } from './model';
import type { PolicySet } from './policy-set';
import { decisionReads } from './projection';

/** A call of which only the projection is known. */
export interface RecordedCall {
  readonly tool: string;
  readonly principalType: Principal['type'];
  /** Undefined where it was not recorded. */
  readonly callerId: string | undefined;
  readonly projection: Projection;
  readonly now: Date;
}

/** Something that a policy reads and that was not recorded. */
export interface MissingRead {
  /** Id of the policy. */
  readonly policy: string;
  /** `caller id`, `claim department` or `argument /place/zip`. */
  readonly read: string;
}

/** The decision about a recorded call, or what is missing to make it. */
export type RecordedDecision =
  | { readonly kind: 'decided'; readonly decision: Decision }
  | { readonly kind: 'not recorded'; readonly missing: readonly MissingRead[] };

/** Decides a recorded call as the whole call would be decided, or says what is missing. Never guesses. */
export function authorizeRecorded(set: PolicySet, call: RecordedCall, options: ClaimTagOptions = {}): RecordedDecision {
  const tool = set.schema.tools.get(call.tool);
  if (tool === undefined) return { kind: 'not recorded', missing: [{ policy: '', read: `tool ${call.tool}` }] };
  const missing = call.projection.fits ? missingReads(set, tool, call) : [];
  if (missing.length > 0) return { kind: 'not recorded', missing };
  const known = { principal: principalOf(call, options), tool: call.tool, now: call.now };
  if (!call.projection.fits) return { kind: 'decided', decision: authorizeMisfit(set, known) };
  const input = inputOf(call.projection, tool);
  return { kind: 'decided', decision: authorizeWithoutRest(set, { ...known, input }) };
}

function principalOf({ principalType, callerId, projection }: RecordedCall, options: ClaimTagOptions): Principal {
  if (principalType !== OAUTH_USER) return { type: principalType, id: callerId ?? '', tags: {} };
  const there = Object.entries(projection.hasClaims).filter(([, isThere]) => isThere);
  const claims = { ...projection.claims, ...Object.fromEntries(there.map(([name]) => [name, ''])) };
  return principalFromClaims({ ...claims, sub: callerId ?? 'not recorded' }, options);
}

function inputOf({ arguments: values, hasArguments }: Projection, { input }: ToolSchema): JsonObject {
  const entries: [string, JsonValue][] = Object.entries(values).filter(([, value]) => value !== null);
  for (const [pointer, isThere] of Object.entries(hasArguments)) {
    const attribute = attributeAt(input, namesOfPointer(pointer));
    // Of a record nothing is known but what is recorded by itself.
    if (isThere && attribute !== undefined)
      entries.push([pointer, attribute.type.kind === 'record' ? {} : placeholderOf(attribute.type)]);
  }
  const args = assembled(entries);
  return input.attributes.has(PROOF_ARGUMENT) ? { ...args, [PROOF_ARGUMENT]: PROOF_PLACEHOLDER } : args;
}

interface PolicyReads {
  readonly policy: string;
  readonly reads: DecisionReads;
}

const readsOfSets = new WeakMap<PolicySet, Map<string, readonly PolicyReads[]>>();

/** What each policy of a tool reads, looked up once. */
function policyReads(set: PolicySet, tool: ToolSchema): readonly PolicyReads[] {
  const byTool = readsOfSets.get(set) ?? new Map<string, readonly PolicyReads[]>();
  readsOfSets.set(set, byTool);
  const known = byTool.get(tool.action);
  if (known !== undefined) return known;
  const all = set
    .candidates(tool)
    .map(({ policy, json }) => ({ policy: policy.id, reads: decisionReads([json], tool.input) }));
  byTool.set(tool.action, all);
  return all;
}

function missingReads(
  set: PolicySet,
  tool: ToolSchema,
  { callerId, principalType, projection }: RecordedCall,
): MissingRead[] {
  const hasTags = principalType === OAUTH_USER;
  return policyReads(set, tool).flatMap(({ policy, reads }) => {
    const missing: string[] = [];
    if (reads.callerId && callerId === undefined) missing.push('caller id');
    if (reads.claims === 'all') {
      if (hasTags && !projection.everyClaim) missing.push('every claim');
    } else if (hasTags) {
      missing.push(...reads.claims.filter((name) => !knowsClaim(projection, name)).map(asClaim));
      const tested = reads.testedClaims.filter(
        (name) => !knowsClaim(projection, name) && !Object.hasOwn(projection.hasClaims, name),
      );
      missing.push(...tested.map(asClaim));
    }
    missing.push(...reads.arguments.filter((pointer) => !knowsArgument(projection, pointer)).map(asArgument));
    missing.push(...reads.testedArguments.filter((pointer) => !knowsPresence(projection, pointer)).map(asArgument));
    return missing.map((read) => ({ policy, read }));
  });
}

function asClaim(name: string): string {
  return `claim ${name}`;
}

function asArgument(pointer: string): string {
  return pointer === '' ? 'every argument' : `argument ${pointer}`;
}

function knowsClaim({ everyClaim, claims, hasClaims }: Projection, name: string): boolean {
  return everyClaim || Object.hasOwn(claims, name) || hasClaims[name] === false;
}

function knowsArgument({ arguments: values, hasArguments }: Projection, pointer: string): boolean {
  const isAbsent = Object.entries(hasArguments).some(([tested, isThere]) => !isThere && isWithin(pointer, tested));
  return isAbsent || Object.keys(values).some((recorded) => isWithin(pointer, recorded));
}

function knowsPresence(projection: Projection, pointer: string): boolean {
  const { arguments: values, hasArguments } = projection;
  if (knowsArgument(projection, pointer) || Object.hasOwn(hasArguments, pointer)) return true;
  // What has something in it is there itself.
  const found = [
    ...Object.entries(values).flatMap(([inner, value]) => (value === null ? [] : [inner])),
    ...Object.entries(hasArguments).flatMap(([inner, isThere]) => (isThere ? [inner] : [])),
  ];
  return found.some((inner) => isWithin(inner, pointer));
}
