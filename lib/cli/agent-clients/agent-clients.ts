import { GovernanceError } from '../../diagnostics/governance-error';
import type { AgentClient, GatewayAccess, SignInAccess, TokenAccess } from './agent-client';
import { DESKTOP_CLIENTS } from './desktop-clients';
import { FRAMEWORK_CLIENTS } from './framework-clients';

/** Programs for which there are configurations. The page docs/connect.md shows each. */
export const AGENT_CLIENTS: readonly AgentClient[] = [...DESKTOP_CLIENTS, ...FRAMEWORK_CLIENTS];

/** The programs that the option means. Throws `COMMAND_OPTION_INVALID`. */
export function readAgentClients(value: string | true): readonly AgentClient[] {
  if (value === true) return AGENT_CLIENTS;
  const found = AGENT_CLIENTS.filter(({ name }) => name === value);
  if (found.length > 0) return found;
  const expected = `one of ${AGENT_CLIENTS.map(({ name }) => name).join(', ')}, or no name for all`;
  throw GovernanceError.of('COMMAND_OPTION_INVALID', { option: '--clients', value, expected });
}

/** The configuration of a program for a gateway, by each way that there is. */
export function configurationsOf(client: AgentClient, gateway: GatewayAccess): { how: string; text: string }[] {
  const signIn = canSignIn(gateway) ? client.signIn?.(gateway) : undefined;
  const token = hasTokens(gateway) ? client.token?.(gateway) : undefined;
  return [
    ...(signIn === undefined ? [] : [{ how: 'a person signs in', text: signIn }]),
    ...(token === undefined ? [] : [{ how: `with tokens of ${gateway.caller}`, text: token }]),
  ];
}

/** Whether people sign in at the gateway's identity provider. */
export function canSignIn(gateway: GatewayAccess): gateway is SignInAccess {
  return gateway.clientId !== undefined;
}

function hasTokens(gateway: GatewayAccess): gateway is TokenAccess {
  return gateway.caller !== undefined;
}
