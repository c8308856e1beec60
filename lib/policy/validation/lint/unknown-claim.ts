import { type Diagnostic, diagnostic } from '../../../diagnostics/diagnostic';
import { suggest } from '../../../diagnostics/suggest';
import type { Lint } from './lint';

/** A claim that no token carries: a permit on it matches nobody, a forbid on it forbids nothing. */
export const unknownClaim: Lint = {
  policy(policy, { input }) {
    const emitted = input.claims?.map(({ name }) => name);
    if (emitted === undefined) return [];
    const reported = new Set<string>();
    return policy.tagReads.flatMap(({ path, start, end }): Diagnostic[] => {
      const [claim] = path;
      // A `sub` may be emitted and is still no tag.
      if (claim === undefined || reported.has(claim) || (emitted.includes(claim) && claim !== 'sub')) return [];
      reported.add(claim);
      const suggestion = suggest(claim, emitted);
      const params = suggestion === undefined ? { claim } : { claim, suggestion };
      return [diagnostic('POLICY_CLAIM_UNKNOWN', params, { location: policy.at(start, end) })];
    });
  },
};
