import type { CedarRecord, CedarType } from '../../contract/arguments/cedar-type';
import { isWithin, pointerOf } from '../../contract/decision-record/pointer';
import type { DecisionReads } from '../../contract/decision-record/reads';
import { PROOF_ARGUMENT } from '../../contract/interceptor-proof';
import type { PolicyJson } from '../cedar/cedar';
import type { ToolSchema } from '../schema/schema-json';
import { type AttributeReads, attributeReads } from './attribute-reads';
import type { PolicySet } from './policy-set';

/** What the policies of a set can read of the calls of one tool. Exact: policies for other tools do not count. */
export function readsOfTool(set: PolicySet, tool: ToolSchema): DecisionReads {
  return decisionReads(
    set.candidates(tool).map(({ json }) => json),
    tool.input,
  );
}

/** What some policies can read of the calls of a tool with these arguments. */
export function decisionReads(policies: readonly PolicyJson[], input: CedarRecord): DecisionReads {
  const found = attributeReads(policies);
  const pointers = argumentReads(found, input);
  const claims = found.claims === 'all' ? 'all' : withoutSub(found.claims);
  const tested = withoutSub(found.testedClaims).filter((name) => claims !== 'all' && !claims.includes(name));
  return {
    // `sub` is the caller's id, whatever reads it.
    callerId: found.callerId || found.testedClaims.has('sub') || (found.claims !== 'all' && found.claims.has('sub')),
    clock: [...found.paths, ...found.testedPaths].some(([member]) => member === undefined || member === 'system'),
    claims,
    testedClaims: tested,
    arguments: pointers.read,
    testedArguments: pointers.tested,
  };
}

function argumentReads(found: AttributeReads, input: CedarRecord): { read: string[]; tested: string[] } {
  const read = new Set<string>();
  const tested = new Set<string>();
  if (found.paths.some((path) => path.length === 0)) read.add('');
  for (const [kind, paths] of [
    ['read', found.paths],
    ['tested', found.testedPaths],
  ] as const) {
    for (const [member, ...names] of paths) {
      if (member !== 'input' || names[0] === PROOF_ARGUMENT) continue;
      if (names.length === 0) {
        // Arguments are always there; what is in them is another question.
        if (kind === 'read') read.add('');
        continue;
      }
      const place = placeOf(names, input);
      if (place !== undefined)
        ((kind === 'tested' && place.isWhole) || place.isOpaque ? tested : read).add(pointerOf(place.names));
    }
  }
  const outermost = [...read].filter(
    (pointer) => ![...read].some((other) => other !== pointer && isWithin(pointer, other)),
  );
  const alone = [...tested].filter((pointer) => !outermost.some((other) => isWithin(pointer, other)));
  return { read: outermost.sort(), tested: alone.sort() };
}

interface Place {
  readonly names: string[];
  /** Whether the path ends at a value of its own. */
  readonly isWhole: boolean;
  /** Whether Cedar knows nothing of the value but that it is there. */
  readonly isOpaque: boolean;
}

/**
 * Where a path of Cedar lies in the JSON of the arguments: as far as records go. What is in any other value counts as the whole value.
 * Undefined for what no call can have.
 */
function placeOf(path: readonly string[], input: CedarRecord): Place | undefined {
  let type: CedarType = input;
  const names: string[] = [];
  for (const name of path) {
    if (type.kind !== 'record') return { names, isWhole: false, isOpaque: false };
    const attribute = type.attributes.get(name);
    if (attribute === undefined) return undefined;
    names.push(name);
    type = attribute.type;
  }
  return { names, isWhole: true, isOpaque: type.kind === 'unknown' };
}

function withoutSub(claims: ReadonlySet<string>): string[] {
  return [...claims].filter((name) => name !== 'sub').sort();
}
