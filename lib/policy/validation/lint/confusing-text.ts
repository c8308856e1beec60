import { diagnostic } from '../../../diagnostics/diagnostic';
import type { Lint } from './lint';

const CONFUSING = / contains (?:mixed scripts|BIDI control characters|the character )/;

/** Text that looks like another text. */
export const confusingText: Lint = {
  explain(finding, policy) {
    if (finding.severity !== 'warning' || !CONFUSING.test(finding.message)) return undefined;
    return diagnostic('POLICY_CONFUSING_TEXT', { message: finding.message }, { location: policy.atBytes(finding) });
  },
};
