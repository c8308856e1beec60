import { DECIMAL_PLACES } from '../../../contract/arguments/cedar-decimal';
import { diagnostic } from '../../../diagnostics/diagnostic';
import type { Lint } from './lint';

/** A decimal literal with more digits than a decimal holds. */
export const decimalDigits: Lint = {
  explain(finding, policy) {
    if (!finding.message.includes('failed to parse as a decimal value')) return undefined;
    const literal = /"(-?\d+\.(\d+))"/.exec(finding.message);
    if (literal?.[1] === undefined || (literal[2] ?? '').length <= DECIMAL_PLACES) return undefined;
    return diagnostic('POLICY_DECIMAL_DIGITS', { literal: literal[1] }, { location: policy.atBytes(finding) });
  },
};
