import { IAM_ENTITY, OAUTH_USER, UNAUTHENTICATED_USER } from '../../contract/claims';
import { classOfAction } from '../../contract/tool-classes/names';
import { splitToolName } from '../../contract/tool-name';
import type { TypeAndId } from '../cedar/cedar';
import { ACTION_CALL_TOOL, ACTION_ROOT, ACTION_TYPE, GATEWAY_TYPE } from '../schema/platform-entities';
import { quotedName, quotedText } from './quoted';

/** An entity that a policy writes out: "the user "u-1"", "`notes___read_note`". */
export function entityName({ type, id }: TypeAndId): string {
  switch (type) {
    case OAUTH_USER:
      return `the user ${quotedText(id)}`;
    case IAM_ENTITY:
      return `the AWS identity ${quotedText(id)}`;
    case UNAUTHENTICATED_USER:
      return `the caller ${quotedText(id)} without authentication`;
    case GATEWAY_TYPE:
      return `the gateway ${quotedText(id)}`;
    case ACTION_TYPE:
      return toolsOf(id);
    default:
      return `${quotedName(type)} ${quotedText(id)}`;
  }
}

/** Callers of a type. */
export function callersOfType(type: string): string {
  switch (type) {
    case OAUTH_USER:
      return 'callers with a token';
    case IAM_ENTITY:
      return 'callers with AWS credentials';
    case UNAUTHENTICATED_USER:
      return 'callers without authentication';
    default:
      return `callers of type ${quotedName(type)}`;
  }
}

/** The tools that an action, or a group of them, stands for in a list or behind `in`. */
export function toolsOf(action: string): string {
  const group = classOfAction(action);
  if (group !== undefined) return `any tool of class ${quotedName(group)}`;
  if (action === ACTION_ROOT || action === ACTION_CALL_TOOL) return `any tool (${quotedName(action)})`;
  return isTool(action) ? quotedName(action) : `any tool of ${quotedName(action)}`;
}

/** The action of a comparison by `==`, which holds for no tool of a group. */
export function actionItself(action: string): string {
  return isTool(action) ? quotedName(action) : `${quotedName(action)} (a group and no tool)`;
}

function isTool(action: string): boolean {
  return splitToolName(action) !== undefined;
}
