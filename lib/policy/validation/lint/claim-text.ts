import { diagnostic } from '../../../diagnostics/diagnostic';
import type { CedarFinding } from '../view/cedar-findings';
import type { PolicyView } from '../view/policy-view';
import type { Lint } from './lint';

const NOT_TEXT =
  /^(?:unexpected type: expected .+ but saw String|the types (?:.+ and String|String and .+) are not compatible)/;
const COMPARED = /(?:[=!]= (true|false|-?\d+)|^(true|false|-?\d+) [=!]=)/;

/** A claim taken for a number, a set or a boolean. */
export const claimText: Lint = {
  explain(finding, policy) {
    const claim = NOT_TEXT.test(finding.message) ? claimIn(finding, policy) : undefined;
    if (claim === undefined) return undefined;
    const [, behind, before] = COMPARED.exec(policy.textOf(finding)) ?? [];
    const text = behind ?? before;
    return diagnostic('POLICY_CLAIM_NOT_TEXT', text === undefined ? { claim } : { claim, text }, {
      location: policy.atBytes(finding),
    });
  },
};

/** The claim that a finding starts or ends with. */
function claimIn(finding: CedarFinding, policy: PolicyView): string | undefined {
  const [start, end] = [policy.indexOf(finding.start), policy.indexOf(finding.end)];
  return policy.tagReads.find((tag) => !tag.isTest && (tag.start === start || tag.end === end))?.path[0];
}
