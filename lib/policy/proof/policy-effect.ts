import type { PolicyJson } from '../cedar/cedar';
import type { PolicySet } from '../decision/policy-set';
import { coversTool } from '../decision/scope';
import type { ToolSchema } from '../schema/schema-json';
import { activePolicies } from './encode/active-policies';
import type { Prover } from './prover';

/** What would differ without a policy, for all calls there can be. Full names of tools. */
export interface PolicyEffect {
  /** Tools that somebody calls now, and that nobody would call. */
  readonly closed: readonly string[];
  /** Other tools of which some calls would be denied that are allowed now. */
  readonly lost: readonly string[];
  /** Tools of which some calls would be allowed that are denied now. */
  readonly gained: readonly string[];
  /** Tools for which it could not be found out. */
  readonly undecided: readonly string[];
}

/** What each of some policies does that no other does. Policies that decide nothing, being LOG_ONLY, have no entry. */
export function policyEffects(
  set: PolicySet,
  prover: Prover,
  ids: Iterable<string>,
): ReadonlyMap<string, PolicyEffect> {
  const found = new Map<string, PolicyEffect>();
  for (const id of ids) {
    const prepared = set.policies.get(id);
    if (prepared?.policy.enforcementMode === 'ACTIVE') found.set(id, effectOf(prepared.json, set, prover));
  }
  return found;
}

type Kind = keyof PolicyEffect;

function effectOf(policy: PolicyJson, set: PolicySet, prover: Prover): PolicyEffect {
  const effect: Record<Kind, string[]> = { closed: [], lost: [], gained: [], undecided: [] };
  for (const [name, tool] of set.schema.tools) {
    if (set.schema.denied.has(tool.action) || !coversTool(policy, tool)) continue;
    for (const kind of kindsOf(policy, tool, set, prover)) effect[kind].push(name);
  }
  return effect;
}

function kindsOf(policy: PolicyJson, tool: ToolSchema, set: PolicySet, prover: Prover): Kind[] {
  const { formulas } = prover;
  const all = activePolicies(set, tool);
  const now = prover.decision(all, tool).allowed;
  const others = all.filter((other) => other !== policy);
  const without = prover.decision(others, tool).allowed;
  const loses = prover.isPossible(formulas.and(now, formulas.not(without)), tool);
  const gains = prover.isPossible(formulas.and(without, formulas.not(now)), tool);
  const closes = loses === true && prover.isPossible(without, tool) === false;
  return [
    ...(closes ? (['closed'] as const) : []),
    ...(loses === true && !closes ? (['lost'] as const) : []),
    ...(gains === true ? (['gained'] as const) : []),
    ...(loses === undefined || gains === undefined ? (['undecided'] as const) : []),
  ];
}
