import { diagnostic } from '../../../diagnostics/diagnostic';
import { jointFindings } from './joint-findings';
import type { Lint } from './lint';
import { quotedNames } from './quoted-names';

/** A forbid for every request: the service calls it overly restrictive, and refuses it unless its findings are ignored. */
export const deniesEverything: Lint = {
  policy(policy, { truth }) {
    if (policy.policy.effect !== 'forbid' || policy.ignoresFindings) return [];
    return (truth.always.get(policy) ?? []).map(({ principalTypes, tools }) => {
      const params = { principals: quotedNames(principalTypes), tools: quotedNames(tools.map(({ action }) => action)) };
      return diagnostic('POLICY_DENIES_EVERYTHING', params, { location: policy.head });
    });
  },
  set({ truth }) {
    return jointFindings('POLICY_SET_DENIES_EVERYTHING', truth.denied);
  },
};
