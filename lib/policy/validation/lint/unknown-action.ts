import { unquote } from '../../../contract/cedar-string';
import { classAction, classOfAction } from '../../../contract/tool-classes/names';
import { joinToolName } from '../../../contract/tool-name';
import { type Diagnostic, diagnostic } from '../../../diagnostics/diagnostic';
import { suggest } from '../../../diagnostics/suggest';
import { ACTION_CALL_TOOL, ACTION_ROOT, ACTION_TYPE } from '../../schema/platform-entities';
import type { CedarFinding } from '../view/cedar-findings';
import type { PolicyView } from '../view/policy-view';
import type { Lint, LintContext } from './lint';

const UNRECOGNIZED = /^unrecognized action `((?:[\w]+::)*)Action::("(?:[^"\\]|\\.)*")`/;

/** A tool that no target has, or a name that is not joined as the platform joins it. */
export const unknownAction: Lint = {
  explain(finding, policy, context) {
    const [, namespace, literal] = UNRECOGNIZED.exec(finding.message) ?? [];
    if (namespace === undefined || literal === undefined) return undefined;
    const location = policy.atBytes(finding);
    const action = `${namespace}Action::${literal}`;
    const correct = `${ACTION_TYPE}::${literal}`;
    if (action !== correct) return diagnostic('POLICY_ACTION_NAMESPACE', { action, correct }, { location });
    return unknown(unquote(literal), finding, policy, context);
  },
};

function unknown(action: string, finding: CedarFinding, policy: PolicyView, { schema }: LintContext): Diagnostic {
  const location = policy.atBytes(finding);
  const name = classOfAction(action);
  if (name !== undefined) {
    const params = { name, suggestion: suggest(name, schema.classes) };
    return diagnostic('POLICY_CLASS_UNKNOWN', params, { location });
  }
  const tools = [...schema.tools.values()];
  const joined = tools.find(({ target, tool }) => withUnderscores(target, tool).has(action));
  if (joined) return diagnostic('POLICY_TOOL_SEPARATOR', { action, correct: joined.action }, { location });
  const groups = new Set([...tools.map(({ target }) => target), ACTION_CALL_TOOL, ACTION_ROOT]);
  for (const one of schema.classes) groups.add(classAction(one));
  const suggestion = suggest(action, [...schema.tools.keys(), ...groups]);
  return diagnostic('POLICY_UNKNOWN_TOOL', suggestion === undefined ? { action } : { action, suggestion }, {
    location,
  });
}

/** Older pages of the documentation join with one or two underscores. */
function withUnderscores(target: string, tool: string): ReadonlySet<string> {
  return new Set(
    ['_', '__', '____']
      .map((separator) => `${target}${separator}${tool}`)
      .filter((name) => name !== joinToolName(target, tool)),
  );
}
