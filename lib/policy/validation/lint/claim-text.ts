import { diagnostic } from '../../../diagnostics/diagnostic';
import type { Lint } from './lint';

const NOT_TEXT = /^unexpected type: expected .+ but saw String/;

/** A claim taken for a number, a set or a boolean. */
export const claimText: Lint = {
  explain(finding, policy) {
    if (!NOT_TEXT.test(finding.message)) return undefined;
    const start = policy.indexOf(finding.start);
    const read = policy.tagReads.find((tag) => !tag.isTest && tag.start === start);
    const [claim] = read?.path ?? [];
    if (claim === undefined) return undefined;
    return diagnostic('POLICY_CLAIM_NOT_TEXT', { claim }, { location: policy.atBytes(finding) });
  },
};
