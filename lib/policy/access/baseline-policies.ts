import { policyPlace } from '../../contract/policy-place';
import type { PolicySet } from '../decision/policy-set';

/** A policy that a baseline brings, and the tools that it is about. */
export interface BaselinePolicy {
  readonly policy: string;
  readonly effect: 'permit' | 'forbid';
  /** For people: the baseline, and where it has the policy. */
  readonly place: string;
  readonly tools: readonly string[];
}

/** The policies of baselines in a set, in its order, without those that are about none of its tools. */
export function baselinePolicies(set: PolicySet): BaselinePolicy[] {
  const tools = [...set.schema.tools.values()];
  return [...set.policies.values()].flatMap((prepared) => {
    const { policy } = prepared;
    const about = tools.filter((tool) => set.candidates(tool).includes(prepared)).map(({ action }) => action);
    if (policy.baseline === undefined || about.length === 0) return [];
    return [{ policy: policy.id, effect: policy.effect, place: policyPlace(policy), tools: about }];
  });
}
