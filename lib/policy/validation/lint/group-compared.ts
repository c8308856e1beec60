import { classAction } from '../../../contract/tool-classes/names';
import { diagnostic } from '../../../diagnostics/diagnostic';
import { namedActions } from '../../decision/scope';
import { ACTION_CALL_TOOL, ACTION_ROOT, ACTION_TYPE } from '../../schema/platform-entities';
import type { Lint } from './lint';

/** `action ==` a target names no tool: the action of a call is always a tool. */
export const groupCompared: Lint = {
  policy(policy, { schema }) {
    if (policy.json.action.op !== '==') return [];
    const groups = new Set([
      ACTION_ROOT,
      ACTION_CALL_TOOL,
      ...[...schema.tools.values()].map(({ target }) => target),
      ...[...schema.classes].map(classAction),
    ]);
    const compared = (namedActions(policy.json.action) ?? []).filter(
      ({ type, id }) => type === ACTION_TYPE && groups.has(id),
    );
    return compared.map(({ id }) =>
      diagnostic('POLICY_GROUP_COMPARED', { group: id }, { location: policy.scopeOf('action') }),
    );
  },
};
