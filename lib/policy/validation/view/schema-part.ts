import type { NamespaceDefinition, SchemaJson } from '../../cedar/cedar';
import type { PolicyView } from './policy-view';

/** Some policies, and the part of the schema that they can reach. */
export interface SchemaPart {
  readonly policies: readonly PolicyView[];
  readonly schema: SchemaJson<string>;
}

/** Tools from which on parts are worth their making. */
const MANY = 1_000;

/** Tools of one part, as long as no single policy is for more. */
const PART = 300;

/**
 * Policies apart by the tools that they are for. Cedar looks at each policy for each action of the schema, so that 40 policies on classes of
 * 3,000 tools would take it as long as policies on all of them.
 */
export function schemaParts(policies: readonly PolicyView[], schema: SchemaJson<string>): SchemaPart[] {
  const { AgentCore: whole, ...others } = schema;
  const tools = Object.entries(whole?.actions ?? {}).filter(([, { appliesTo }]) => appliesTo !== undefined);
  if (whole === undefined || tools.length < MANY) return [{ policies, schema }];
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
  const reaching = policies.map((policy) => ({ policy, reached: reachedBy(policy, names) }));
  const parts: Reaching[] = [];
  for (const { policy, reached } of reaching.toSorted((a, b) => b.reached.size - a.reached.size)) {
    const last = parts.at(-1);
    const together = new Set([...(last?.reached ?? []), ...reached]);
    // Policies for the same many tools stay together, because reading a schema takes longest.
    if (last && (together.size <= PART || together.size === last.reached.size)) {
      last.policies.push(policy);
      last.reached = together;
    } else parts.push({ policies: [policy], reached });
  }
  return parts.map(partOf);
}

/** Name of the type of a tool's arguments, which no other tool has. */
function inputTypeOf({ appliesTo }: NamespaceDefinition<string>['actions'][string]): string | undefined {
  const { context } = appliesTo ?? {};
  const input = context?.type === 'Record' && 'attributes' in context ? context.attributes['input'] : undefined;
  return input && 'name' in input ? String(input.name) : undefined;
}

interface Reaching {
  readonly policies: PolicyView[];
  reached: ReadonlySet<string>;
}

/** Tools that a policy is for, and those that its conditions name. */
function reachedBy({ tools, prepared }: PolicyView, names: readonly string[]): ReadonlySet<string> {
  const covered = tools.map(({ action }) => action);
  const hasNames = prepared.text.includes('___') || prepared.text.includes('\\');
  return new Set(hasNames ? [...covered, ...names.filter((name) => prepared.text.includes(name))] : covered);
}
