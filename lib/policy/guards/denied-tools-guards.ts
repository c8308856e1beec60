import { type Principal, UNAUTHENTICATED_USER } from '../../contract/claims';
import type { DesiredPolicy } from '../../contract/policy-set-document';
import { actionIn, chunked, forbid, guard } from './guard';

/**
 * Policies that deny tools to everybody: those that the app does not want, and those whose arguments no policy can be checked against. A
 * permit for every tool of a target would reach them otherwise. There are none for a gateway without authorization: the service refuses
 * policies about its callers.
 * @param callers entity type of the gateway's callers: every gateway has one type
 */
export function deniedToolsGuards(
  tools: ReadonlySet<string>,
  nameSeed: string,
  callers: Principal['type'],
): DesiredPolicy[] {
  if (callers === UNAUTHENTICATED_USER) return [];
  const text = (actions: readonly string[]): string => forbid(callers, actionIn(actions));
  const description = 'Denies tools that the gateway is not to offer.';
  return chunked(tools, text).map((actions, index) =>
    guard(`denied-tools-${index + 1}`, description, text(actions), nameSeed),
  );
}
