import { diagnostic } from '../../../diagnostics/diagnostic';
import { jointFindings } from './joint-findings';
import type { Lint } from './lint';
import { quotedNames } from './quoted-names';

/** A permit for every request: the service calls it overly permissive, and refuses it unless its findings are ignored. */
export const allowsEverything: Lint = {
  policy(policy, { truth }) {
    if (policy.policy.effect !== 'permit' || policy.ignoresFindings) return [];
    return (truth.always.get(policy) ?? []).map(({ principalTypes, tools }) => {
      const params = { principals: quotedNames(principalTypes), tools: quotedNames(tools.map(({ action }) => action)) };
      return diagnostic('POLICY_ALLOWS_EVERYTHING', params, { location: policy.head });
    });
  },
  set({ truth }) {
    return jointFindings('POLICY_SET_ALLOWS_EVERYTHING', truth.allowed);
  },
};
