import { diagnostic } from '../../../diagnostics/diagnostic';
import { conditionForm, typeWords } from '../../schema/condition-form';
import { placeIn } from '../view/argument-place';
import type { CedarFinding } from '../view/cedar-findings';
import type { PolicyView } from '../view/policy-view';
import type { Lint } from './lint';

const MISTYPED = /^(?:the types .+ and .+ are not compatible|unexpected type: expected .+ but saw .+)/;

/** An argument that is compared as if it had another type than its schema says. */
export const inputType: Lint = {
  explain(finding, policy) {
    if (!MISTYPED.test(finding.message)) return undefined;
    const read = readIn(finding, policy);
    if (read === undefined) return undefined;
    const found = policy.tools.flatMap((tool) => placeIn(tool, read.path) ?? []);
    const [place] = found;
    if (place === undefined) return undefined;
    const form = conditionForm(place.path, place.type);
    const name = read.path.join('.');
    return diagnostic(
      'POLICY_INPUT_TYPE',
      { name, type: typeWords(place.type), ...(form === undefined ? {} : { form }) },
      {
        location: policy.atBytes(finding),
      },
    );
  },
};

/** The one argument that a finding is about. */
function readIn(finding: CedarFinding, policy: PolicyView) {
  const [start, end] = [policy.indexOf(finding.start), policy.indexOf(finding.end)];
  const inside = policy.inputReads.filter((read) => !read.isTest && read.start >= start && read.end <= end);
  const [first, ...others] = inside;
  return others.length === 0 ? first : undefined;
}
