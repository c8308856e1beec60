import type { CedarRequest, CedarValueJson, EntityJson } from '../cedar/cedar';
import { tokens } from '../text/lexer';
import { contextReads, tagReads } from '../text/reads';

/** Names, or everything where a policy reads by other means than names that stand in its text. */
type Names = ReadonlySet<string> | 'all';

/** What policies look at of a request. The rest cannot matter to them, and costs time to hand over. */
export interface Observed {
  readonly tags: Names;
  readonly input: Names;
  readonly system: boolean;
}

/** Reads off statements what they look at. */
export function observedBy(statements: readonly string[]): Observed {
  const all = statements.map(tokens);
  const reads = all.flatMap(contextReads);
  const tags = all.flatMap(tagReads);
  const count = (...texts: string[]): number =>
    all.reduce((sum, some) => sum + some.filter(({ kind, text }) => kind === 'name' && texts.includes(text)).length, 0);
  const isPlain = count('context') === reads.length;
  const isWhole = reads.some(({ path }) => path[0] === 'input' && path.length === 1);
  const names = reads.flatMap(({ path }) => (path[0] === 'input' && path[1] !== undefined ? [path[1]] : []));
  return {
    tags: count('hasTag', 'getTag') === tags.length ? new Set(tags.map(({ path }) => path[0] ?? '')) : 'all',
    input: isPlain && !isWhole ? new Set(names) : 'all',
    system: !isPlain || reads.some(({ path }) => path[0] === 'system'),
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
