import type { NamespaceDefinition, SchemaJson } from '../../cedar/cedar';
import type { PolicyView } from './policy-view';

/** Some policies, and the part of the schema that they can reach. */
export interface SchemaPart {
  readonly policies: readonly PolicyView[];
  readonly schema: SchemaJson<string>;
}

/** Reading one tool of a schema takes Cedar as long as so many looks at an action for a policy; a question of its own, too. Measured. */
const READING = 40;

/**
 * Policies apart by the tools that they are for. Cedar looks at each policy for each action of the schema, so that a thousand policies for 300
 * tools would take it five times as long together, and 40 policies on classes of 3,000 tools as long as policies on all of them.
 */
export function schemaParts(policies: readonly PolicyView[], schema: SchemaJson<string>): SchemaPart[] {
  const { AgentCore: whole, ...others } = schema;
  const tools = Object.entries(whole?.actions ?? {}).filter(([, { appliesTo }]) => appliesTo !== undefined);
  if (whole === undefined || tools.length === 0) return [{ policies, schema }];
  const names = tools.map(([name]) => name);
  const groups = Object.entries(whole.actions).filter(([, { appliesTo }]) => appliesTo === undefined);
  const byName = new Map(tools);
  const partOf = ({ policies: own, reached }: Reaching): SchemaPart => {
    const reachable = [...reached].flatMap((name) => {
      const action = byName.get(name);
      return action === undefined ? [] : [[name, action] as const];
    });
    const actions = Object.fromEntries([...groups, ...reachable]);
    const left = new Set(tools.filter(([name]) => !reached.has(name)).map(([, action]) => inputTypeOf(action)));
    const types = Object.entries(whole.commonTypes ?? {}).filter(([name]) => !left.has(name));
    const part = { ...whole, actions, commonTypes: Object.fromEntries(types) };
    return { policies: own, schema: { AgentCore: part, ...others } };
  };
  return together(policies.map((policy) => ({ policies: [policy], reached: reachedBy(policy, names) }))).map(partOf);
}

/** Policies for the same tools, and then whatever costs less together than apart, those for most tools first. */
function together(all: readonly Reaching[]): Reaching[] {
  const same = new Map<string, Reaching>();
  for (const { policies, reached } of all) {
    const key = JSON.stringify([...reached].sort());
    const known = same.get(key) ?? { policies: [], reached };
    known.policies.push(...policies);
    same.set(key, known);
  }
  const parts: Reaching[] = [];
  for (const own of [...same.values()].toSorted((a, b) => b.reached.size - a.reached.size)) {
    let cheapest = { part: undefined as Reaching | undefined, cost: costApart(own) };
    for (const part of parts) {
      const cost = costWith(part, own);
      if (cost <= cheapest.cost) cheapest = { part, cost };
    }
    if (cheapest.part === undefined) parts.push(own);
    else {
      cheapest.part.policies.push(...own.policies);
      for (const name of own.reached) cheapest.part.reached.add(name);
    }
  }
  return parts;
}

/** What policies cost in a part of their own, in looks at an action for a policy. */
function costApart({ policies, reached }: Reaching): number {
  return READING + reached.size * (policies.length + READING);
}

/** What they add to the cost of a part: looks at all its tools, and all its policies' looks at tools that only they reach. */
function costWith(part: Reaching, own: Reaching): number {
  const added = [...own.reached].filter((name) => !part.reached.has(name)).length;
  return own.policies.length * (part.reached.size + added) + added * (part.policies.length + READING);
}

/** Name of the type of a tool's arguments, which no other tool has. */
function inputTypeOf({ appliesTo }: NamespaceDefinition<string>['actions'][string]): string | undefined {
  const { context } = appliesTo ?? {};
  const input = context?.type === 'Record' && 'attributes' in context ? context.attributes['input'] : undefined;
  return input && 'name' in input ? String(input.name) : undefined;
}

interface Reaching {
  readonly policies: PolicyView[];
  readonly reached: Set<string>;
}

/** Tools that a policy is for, and those that its conditions name. */
function reachedBy({ tools, prepared }: PolicyView, names: readonly string[]): Set<string> {
  const covered = tools.map(({ action }) => action);
  const hasNames = prepared.text.includes('___') || prepared.text.includes('\\');
  return new Set(hasNames ? [...covered, ...names.filter((name) => prepared.text.includes(name))] : covered);
}
