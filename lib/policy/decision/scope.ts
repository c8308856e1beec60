import type { ActionConstraint, EntityUidJson, PolicyJson, TypeAndId } from '../cedar/cedar';
import { ACTION_CALL_TOOL, ACTION_ROOT, type ToolSchema } from '../schema/schema-json';

export const ACTION_TYPE = 'AgentCore::Action';
export const GATEWAY_TYPE = 'AgentCore::Gateway';

/** The actions that an action scope names; undefined for a bare `action`. */
export function namedActions(action: ActionConstraint): TypeAndId[] | undefined {
  if (action.op === 'All') return undefined;
  if ('entities' in action) return action.entities.map(plainUid);
  return 'entity' in action ? [plainUid(action.entity)] : [];
}

/** Whether a policy's action scope covers a tool. */
export function coversTool(policy: PolicyJson, tool: Pick<ToolSchema, 'target' | 'action'>): boolean {
  const names = namedActions(policy.action);
  if (names === undefined) return true;
  const covered = policy.action.op === '==' ? [tool.action] : actionLine(tool);
  return names.some(({ type, id }) => type === ACTION_TYPE && covered.includes(id));
}

/** An action and the groups above it. */
export function actionLine(tool: Pick<ToolSchema, 'target' | 'action'>): string[] {
  return [tool.action, tool.target, ACTION_CALL_TOOL, ACTION_ROOT];
}

/** Whether a policy's principal scope can hold for callers of a type. */
export function coversPrincipalType(policy: PolicyJson, type: string): boolean {
  const { principal } = policy;
  if (principal.op === 'All') return true;
  if (principal.op === 'is') return principal.entity_type === type;
  // No type has members, so that `in` holds for the entity itself only.
  return 'entity' in principal && plainUid(principal.entity).type === type;
}

export function plainUid(uid: EntityUidJson): TypeAndId {
  return '__entity' in uid ? uid.__entity : uid;
}
