import type { CedarRequest, CedarValueJson, EntityJson, PolicyJson } from '../cedar/cedar';
import { attributeReads } from './attribute-reads';

/** Names, or everything where a policy reads by other means than names that it writes out. */
type Names = ReadonlySet<string> | 'all';

/** What policies look at of a request. The rest cannot matter to them, and costs time to hand over. */
export interface Observed {
  readonly tags: Names;
  readonly input: Names;
  readonly system: boolean;
}

/** What policies look at, by whole arguments. */
export function observedBy(policies: readonly PolicyJson[]): Observed {
  const { claims, testedClaims, paths, testedPaths } = attributeReads(policies);
  const all = [...paths, ...testedPaths];
  const ofInput = all.filter(([member]) => member === undefined || member === 'input');
  return {
    tags: claims === 'all' ? claims : new Set([...claims, ...testedClaims]),
    input: ofInput.some((path) => path.length < 2) ? 'all' : new Set(ofInput.map(([, argument = '']) => argument)),
    system: all.some(([member]) => member === undefined || member === 'system'),
  };
}

/** A request without what nobody looks at. */
export function narrowed(request: CedarRequest, observed: Observed): CedarRequest {
  const { input, system } = request.context;
  const [principal, ...others] = request.entities;
  const context: CedarRequest['context'] = { input: only(input as Members, observed.input) };
  if (observed.system && system !== undefined) context['system'] = system;
  return { ...request, context, entities: principal ? [narrowedEntity(principal, observed.tags), ...others] : [] };
}

type Members = { readonly [name: string]: CedarValueJson };

function narrowedEntity(principal: EntityJson, names: Names): EntityJson {
  return { ...principal, tags: only(principal.tags ?? {}, names) };
}

function only(members: Members, names: Names): { [name: string]: CedarValueJson } {
  if (names === 'all') return { ...members };
  return Object.fromEntries(Object.entries(members).filter(([name]) => names.has(name)));
}
