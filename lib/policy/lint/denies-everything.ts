import { diagnostic } from '../../diagnostics/diagnostic';
import type { Lint } from './lint';
import { listed } from './listed';

/** A forbid for every request: the service calls it overly restrictive, and refuses it unless its findings are ignored. */
export const deniesEverything: Lint = {
  policy(policy, { always }) {
    if (policy.policy.effect !== 'forbid' || policy.ignoresFindings) return [];
    return (always.get(policy) ?? []).map(({ principalType, tools }) => {
      const params = { principal: principalType, tools: listed(tools.map(({ action }) => action)) };
      return diagnostic('POLICY_DENIES_EVERYTHING', params, { location: policy.head });
    });
  },
};
