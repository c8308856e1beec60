import { diagnostic } from '../../diagnostics/diagnostic';
import type { Lint } from './lint';

const HOPELESS = ['policy is impossible', 'unable to find an applicable action'];

/** A policy that no call can match, by its types, its scope or its constants. */
export const neverMatches: Lint = {
  explain(finding, policy) {
    if (!HOPELESS.some((text) => finding.message.startsWith(text))) return undefined;
    return diagnostic('POLICY_NEVER_MATCHES', {}, { location: policy.head });
  },
  policy(policy, { never }) {
    return never.has(policy) && !policy.isGuard
      ? [diagnostic('POLICY_NEVER_MATCHES', {}, { location: policy.head })]
      : [];
  },
};
