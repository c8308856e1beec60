import { quote } from '../../../contract/cedar-string';
import { classOfAction } from '../../../contract/tool-classes/names';
import { diagnostic } from '../../../diagnostics/diagnostic';
import { namedActions } from '../../decision/scope';
import { ACTION_TYPE } from '../../schema/platform-entities';
import type { PolicyView } from '../view/policy-view';
import type { Lint, LintContext } from './lint';

const SHOWN = 3;

/** Arguments under a grouped or bare action. Source: developer guide, page example-policies-action-resource. */
export const inputUnderGroup: Lint = {
  explain(finding, policy, context) {
    const isAboutInput = /^(?:attribute|unable to guarantee safety of access to optional attribute) `input[.[]/.test(
      finding.message,
    );
    return isAboutInput && isGrouped(policy, context) ? found(policy) : undefined;
  },
  policy(policy, context) {
    return policy.inputReads.length > 0 && isGrouped(policy, context) ? [found(policy)] : [];
  },
};

function isGrouped(policy: PolicyView, { schema }: LintContext): boolean {
  const { action } = policy.json;
  if (action.op === '==' || policy.tools.length === 0) return false;
  // A class is deployed as the list of its tools.
  const isTool = (id: string): boolean => schema.tools.has(id) || classOfAction(id) !== undefined;
  return !(namedActions(action) ?? [{ type: '', id: '' }]).every(({ id }) => isTool(id));
}

function found(policy: PolicyView) {
  const names = policy.tools.slice(0, SHOWN).map(({ action }) => `${ACTION_TYPE}::${quote(action)}`);
  const tools = policy.tools.length > SHOWN ? `${names.join(', ')}, ...` : names.join(', ');
  return diagnostic('POLICY_INPUT_UNDER_GROUP', { tools }, { location: policy.scopeOf('action') });
}
