import { diagnostic } from '../../../diagnostics/diagnostic';
import type { Lint } from './lint';

/** A date written as a string, as JSON would have it. */
export const timeLiterals: Lint = {
  explain(finding, policy) {
    if (!finding.message.startsWith('unexpected type: expected datetime but saw String')) return undefined;
    return diagnostic(
      'POLICY_TIME_LITERAL',
      { literal: policy.textOf(finding) },
      { location: policy.atBytes(finding) },
    );
  },
};
