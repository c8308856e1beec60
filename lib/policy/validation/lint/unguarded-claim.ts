import { unquote } from '../../../contract/cedar-string';
import { diagnostic } from '../../../diagnostics/diagnostic';
import type { Lint } from './lint';

const UNSAFE = /^unable to guarantee safety of access to tag `("(?:[^"\\]|\\.)*")`/;

/** `getTag` without `hasTag` before it. */
export const unguardedClaim: Lint = {
  explain(finding, policy) {
    const [, literal] = UNSAFE.exec(finding.message) ?? [];
    if (literal === undefined) return undefined;
    return diagnostic('POLICY_CLAIM_UNGUARDED', { claim: unquote(literal) }, { location: policy.atBytes(finding) });
  },
};
