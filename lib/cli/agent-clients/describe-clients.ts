import type { Emulator } from '../../emulator';
import { accessOf } from './access-of';
import type { AgentClient, GatewayAccess } from './agent-client';
import { canSignIn, configurationsOf } from './agent-clients';

/** What there is to say instead, of gateways that take no tokens. */
const WITHOUT_TOKENS = {
  none: 'asks for no token: any program connects to the MCP endpoint\n',
  iam: 'takes requests signed with AWS credentials, which programs of people do not send\n',
};

/** How programs connect to the gateway that an emulator runs, for people to copy. */
export function describeAgentClients(clients: readonly AgentClient[], emulator: Emulator): string {
  if (clients.length === 0) return '';
  const { authorization } = emulator.manifest().identity;
  const access = accessOf(emulator);
  if (authorization !== 'jwt') return `\n${access.name} ${WITHOUT_TOKENS[authorization]}`;
  return clients.map((client) => `\n${describeAgentClient(client, access)}`).join('');
}

/** How a program connects to a gateway, for people to copy. */
export function describeAgentClient(client: AgentClient, gateway: GatewayAccess): string {
  const { title, place, callbackUrl } = client;
  const found = configurationsOf(client, gateway);
  if (found.length === 0) return `${title}: has no way to get a token of this gateway\n`;
  const parts = found.map(({ how, text }) => `${title}, ${how}: ${place.replaceAll('`', '')}\n${text}\n`);
  const { callbackUrls } = gateway;
  const comesBack = callbackUrl === undefined || callbackUrls === undefined || callbackUrls.includes(callbackUrl);
  if (!comesBack && canSignIn(gateway)) {
    parts.unshift(`${title} comes back from signing in to ${callbackUrl}: add it to the app's people.callbackUrls\n`);
  }
  return parts.join('\n');
}
