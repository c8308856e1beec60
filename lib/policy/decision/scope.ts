import { classAction } from '../../contract/tool-classes/names';
import type { ActionConstraint, PolicyJson, TypeAndId } from '../cedar/cedar';
import { expressionsOf, isVariable, plainUid } from '../cedar/expression';
import { ACTION_CALL_TOOL, ACTION_ROOT, ACTION_TYPE } from '../schema/platform-entities';
import type { ToolSchema } from '../schema/schema-json';

/** The actions that an action scope names; undefined for a bare `action`. */
export function namedActions(action: ActionConstraint): TypeAndId[] | undefined {
  if (action.op === 'All') return undefined;
  if ('entities' in action) return action.entities.map(plainUid);
  return 'entity' in action ? [plainUid(action.entity)] : [];
}

/** Whether a policy's action scope covers a tool. */
export function coversTool(policy: PolicyJson, tool: ActionNames): boolean {
  const names = namedActions(policy.action);
  if (names === undefined) return true;
  const covered = policy.action.op === '==' ? [tool.action] : actionLine(tool);
  return names.some(({ type, id }) => type === ACTION_TYPE && covered.includes(id));
}

/** What a tool's action and its groups are called after. */
export type ActionNames = Pick<ToolSchema, 'target' | 'action' | 'classes'>;

/** An action and the groups above it. */
export function actionLine(tool: ActionNames): string[] {
  return [tool.action, tool.target, ACTION_CALL_TOOL, ACTION_ROOT, ...tool.classes.map(classAction)];
}

/** Whether a policy's principal scope can hold for callers of a type. */
export function coversPrincipalType(policy: PolicyJson, type: string): boolean {
  const { principal } = policy;
  if (principal.op === 'All') return true;
  if (principal.op === 'is') return principal.entity_type === type;
  // No type has members, so that `in` holds for the entity itself only.
  return 'entity' in principal && plainUid(principal.entity).type === type;
}

/** Whether the conditions of a policy look at the action, and so perhaps at the groups that it is in. */
export function looksAtAction(policy: PolicyJson): boolean {
  return [...expressionsOf(policy)].some((expression) => isVariable(expression, 'action'));
}
