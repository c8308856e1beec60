import { diagnostic } from '../../diagnostics/diagnostic';
import type { Lint } from './lint';
import { listed } from './listed';

/** A permit for every request: the service calls it overly permissive, and refuses it unless its findings are ignored. */
export const allowsEverything: Lint = {
  policy(policy, { always }) {
    if (policy.policy.effect !== 'permit' || policy.ignoresFindings) return [];
    return (always.get(policy) ?? []).map(({ principalType, tools }) => {
      const params = { principal: principalType, tools: listed(tools.map(({ action }) => action)) };
      return diagnostic('POLICY_ALLOWS_EVERYTHING', params, { location: policy.head });
    });
  },
};
