import { GovernanceError } from '../../diagnostics/governance-error';
import { suggest } from '../../diagnostics/suggest';
import type { IdentityProvider } from './provider';

/**
 * An access token for a persona by username, or for a machine client by name or id. A person gets it from the first client
 * for people. Throws `EMULATOR_PERSONA_UNKNOWN`.
 */
export async function tokenFor(name: string, provider: IdentityProvider): Promise<string> {
  const { users, clients } = provider.directory;
  const all = [...clients.values()];
  const user = users.get(name);
  if (user !== undefined) {
    const client = all.find((one) => one.flow === 'code') ?? NO_CLIENT;
    const tokens = await provider.issue({ client, user, scopes: client.scopes, trigger: 'TokenGeneration_HostedAuth' });
    return tokens.accessToken;
  }
  const machine = all.find((one) => one.flow === 'client-credentials' && (one.name === name || one.clientId === name));
  if (machine === undefined) {
    const suggestion = suggest(name, [...users.keys(), ...all.map((one) => one.name)]);
    throw GovernanceError.of('EMULATOR_PERSONA_UNKNOWN', { name, suggestion });
  }
  const request = { client: machine, scopes: machine.scopes, trigger: 'TokenGeneration_ClientCredentials' as const };
  return (await provider.issue(request)).accessToken;
}

/** An identity of the team's own has no clients in the manifest; its tokens need none. */
const NO_CLIENT = { name: 'local', clientId: 'local', flow: 'code' as const, scopes: [] };
