import { diagnostic } from '../../../diagnostics/diagnostic';
import type { CedarFinding } from '../view/cedar-findings';
import type { PolicyView } from '../view/policy-view';
import type { Lint } from './lint';

const INCOMPATIBLE = 'the types Long and decimal are not compatible';

/** A JSON `number` compared as a long, or an `integer` as a decimal. */
export const numberTypes: Lint = {
  explain(finding, policy) {
    const text = policy.textOf(finding);
    const location = policy.atBytes(finding);
    const name = argumentAt(finding, policy);
    if (finding.message.startsWith(INCOMPATIBLE)) {
      return text.includes('decimal(')
        ? diagnostic('POLICY_NUMBER_LONG', { example: `${name} == 5000` }, { location })
        : diagnostic('POLICY_NUMBER_DECIMAL', { example: `${name} == decimal("5000.0")` }, { location });
    }
    const isLiteral = /^-?\d+$/.test(text);
    if (finding.message.startsWith('unexpected type: expected decimal but saw Long') && !isLiteral) {
      return diagnostic('POLICY_NUMBER_LONG', { example: `${name} < 5000` }, { location });
    }
    if (!/^unexpected type: expected (?:Long but saw decimal|decimal but saw Long)/.test(finding.message))
      return undefined;
    return diagnostic('POLICY_NUMBER_DECIMAL', { example: `${name}.lessThan(decimal("5000.0"))` }, { location });
  },
};

/** The argument that the comparison is about: the last one that starts before the end of the finding. */
function argumentAt(finding: CedarFinding, policy: PolicyView): string {
  const end = policy.indexOf(finding.end);
  const read = policy.inputReads.findLast(({ isTest, start }) => !isTest && start < end);
  return read ? policy.prepared.text.slice(read.start, read.end) : 'context.input.amount';
}
