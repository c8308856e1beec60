import { InputError, toCedarInput } from '../../contract/arguments/cedar-input';
import { type Principal, UNAUTHENTICATED_USER } from '../../contract/claims';
import type { JsonObject } from '../../contract/json';
import type { CedarRequest, CedarValueJson, EntityJson, TypeAndId } from '../cedar/cedar';
import { ACTION_TYPE, GATEWAY_TYPE } from '../schema/platform-entities';
import type { ToolSchema } from '../schema/schema-json';
import type { ToolCall } from './model';
import type { PolicySet } from './policy-set';
import { actionLine } from './scope';

/** Whether a request carries the groups of its action, which only policies with an action scope or condition ask for. */
type Groups = 'with groups' | 'without groups';

/** The Cedar request of a call, typed by the tool's schema. Throws an {@link InputError}. */
export function cedarRequest(
  set: PolicySet,
  tool: ToolSchema,
  call: ToolCall,
  groups: Groups = 'with groups',
): CedarRequest {
  const { input, entities } = toCedarInput(call.input, tool.input, set.switches);
  const request = requestAround(set, tool, call, input as Record<string, CedarValueJson>, groups);
  request.entities.push(...(entities as unknown as EntityJson[]));
  return request;
}

/** As {@link cedarRequest}, with input that nobody knows yet, for `tools/list`. */
export function requestOfUnknownInput(
  set: PolicySet,
  tool: ToolSchema,
  principal: Principal,
  now: Date,
  groups: Groups = 'with groups',
): CedarRequest {
  return requestAround(set, tool, { principal, now }, { __extn: { fn: 'unknown', arg: 'input' } }, groups);
}

function requestAround(
  set: PolicySet,
  tool: ToolSchema,
  { principal, now }: Pick<ToolCall, 'principal' | 'now'>,
  input: CedarValueJson,
  groups: Groups,
): CedarRequest {
  const action = { type: ACTION_TYPE, id: tool.action };
  const resource = { type: GATEWAY_TYPE, id: set.gatewayArn };
  const caller = { type: principal.type, id: principal.id };
  const entities = [principalEntity(principal, caller)];
  if (groups === 'with groups') entities.push(actionEntity(tool));
  return {
    principal: caller,
    action,
    resource,
    context: { input, system: { now: { __extn: { fn: 'datetime', arg: timestamp(now) } } } },
    entities,
  };
}

function principalEntity(principal: Principal, uid: TypeAndId): EntityJson {
  const attrs: JsonObject = principal.type === UNAUTHENTICATED_USER ? {} : { id: principal.id };
  return { uid, attrs, parents: [], tags: principal.tags };
}

/** A tool's action with the groups above it, which Cedar knows from nowhere else without a schema. */
export function actionEntity(tool: ToolSchema): EntityJson {
  const parents = actionLine(tool)
    .slice(1)
    .map((id) => ({ type: ACTION_TYPE, id }));
  return { uid: { type: ACTION_TYPE, id: tool.action }, attrs: {}, parents };
}

function timestamp(now: Date): string {
  const text = Number.isNaN(now.getTime()) ? '' : now.toISOString();
  if (text.length !== 'YYYY-MM-DDTHH:mm:ss.sssZ'.length)
    throw new InputError('the time of the call is beyond what Cedar can say');
  return text;
}
