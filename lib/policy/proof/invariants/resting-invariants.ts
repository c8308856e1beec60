import type { DeclaredInvariant } from '../../../contract/invariant';
import type { PolicyJson } from '../../cedar/cedar';
import type { PolicySet, PreparedPolicy } from '../../decision/policy-set';
import type { ToolSchema } from '../../schema/schema-json';
import { activePolicies } from '../encode/active-policies';
import type { Formula } from '../formula/formula';
import { seenByInterceptor } from '../interceptor-calls';
import type { Prover } from '../prover';
import { type InvariantInput, proverOf } from './check-invariants';
import { describedCalls } from './described-calls';

/**
 * The invariants that rest on each policy, by its id: those that hold, and would be broken without the policy, or without its conditions. Policies on
 * which none rests are left out.
 * @param ids policies that are asked about
 * @param prover of {@link proverOf}, for whoever asks it more of the same set
 */
export function restingInvariants(
  input: InvariantInput,
  ids: readonly string[] = [...input.set.policies.keys()],
  prover: Prover = proverOf(input),
): ReadonlyMap<string, readonly DeclaredInvariant[]> {
  const { set } = input;
  const found = new Map<string, Set<DeclaredInvariant>>();
  const asked = ids.flatMap((id) => set.policies.get(id) ?? []);
  for (const invariant of input.invariants) {
    const described = describedCalls(invariant, set);
    for (const tool of set.schema.tools.values()) {
      for (const id of needed({ invariant, described, tool, set, prover, asked }))
        found.set(id, (found.get(id) ?? new Set()).add(invariant));
    }
  }
  return new Map([...found].map(([id, invariants]) => [id, [...invariants]]));
}

interface Need {
  readonly invariant: DeclaredInvariant;
  readonly described: PolicySet;
  readonly tool: ToolSchema;
  readonly set: PolicySet;
  readonly prover: Prover;
  readonly asked: readonly PreparedPolicy[];
}

/** Ids of the policies without which, or without whose conditions, a call of the tool breaks an invariant that holds. */
function needed({ invariant, described, tool, set, prover, asked }: Need): string[] {
  const { formulas } = prover;
  const all = activePolicies(set, tool);
  const own = asked.filter(({ json }) => all.includes(json));
  if (own.length === 0) return [];
  const [region] = described.candidates(tool).map(({ json }) => prover.verdict(json, tool).matches);
  if (region === undefined) return [];
  const isBrokenBy = (policies: readonly PolicyJson[]): boolean | undefined => {
    const { allowed } = prover.decision(policies, tool);
    const wrong: Formula =
      invariant.effect === 'permit' ? formulas.and(formulas.not(allowed), seenByInterceptor(formulas, tool)) : allowed;
    return prover.isPossible(formulas.and(region, wrong), tool);
  };
  if (isBrokenBy(all) !== false) return [];
  return own
    .filter(({ json }) => {
      const others = all.filter((other) => other !== json);
      return isBrokenBy(others) === true || isBrokenBy([...others, { ...json, conditions: [] }]) === true;
    })
    .map(({ policy }) => policy.id);
}
