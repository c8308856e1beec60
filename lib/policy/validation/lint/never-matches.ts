import { diagnostic } from '../../../diagnostics/diagnostic';
import type { CedarFinding } from '../view/cedar-findings';
import type { Lint } from './lint';

const HOPELESS = ['policy is impossible', 'unable to find an applicable action'];

/** Whether Cedar says that no request can match the policy. */
export function isHopeless({ severity, message }: CedarFinding): boolean {
  return severity === 'warning' && HOPELESS.some((text) => message.startsWith(text));
}

/** A policy that no call can match, by its types, its scope or its constants. */
export const neverMatches: Lint = {
  explain(finding, policy) {
    if (!isHopeless(finding)) return undefined;
    return diagnostic('POLICY_NEVER_MATCHES', {}, { location: policy.head });
  },
  policy(policy, { truth }) {
    return truth.never.has(policy) && !policy.isGuard
      ? [diagnostic('POLICY_NEVER_MATCHES', {}, { location: policy.head })]
      : [];
  },
};
