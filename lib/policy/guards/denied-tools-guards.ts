import { type Principal, UNAUTHENTICATED_USER } from '../../contract/claims';
import type { DesiredPolicy } from '../../contract/policy-set-document';
import { quote } from '../text/cedar-string';
import { guardPolicy } from './trusted-context-guards';

/** Full names have up to 256 characters, a statement up to 10,000. */
const TOOLS_PER_STATEMENT = 30;

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
  const actions = [...tools].map((tool) => `AgentCore::Action::${quote(tool)}`);
  const starts = Array.from({ length: Math.ceil(actions.length / TOOLS_PER_STATEMENT) }, (_, index) => index);
  return starts.map((index) => {
    const chunk = actions.slice(index * TOOLS_PER_STATEMENT, (index + 1) * TOOLS_PER_STATEMENT);
    const text = `forbid(\n  principal is ${callers},\n  action in [\n    ${chunk.join(',\n    ')}\n  ],\n  resource == ?resource\n);`;
    const id = `governed-gateway/denied-tools-${index + 1}`;
    const guard = guardPolicy(id, text, 'Denies tools that the gateway is not to offer.', nameSeed);
    // The service finds a forbid without condition overly restrictive.
    return { ...guard, validationMode: 'IGNORE_ALL_FINDINGS' };
  });
}
