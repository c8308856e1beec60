import type { JsonObject } from '../../contract/json';
import { subOf } from '../../contract/persona-sub';
import { GovernanceError } from '../../diagnostics/governance-error';
import { suggest } from '../../diagnostics/suggest';
import type { IdentityProvider } from './provider';
import type { LocalClient, LocalUser } from './users';

/** Whom a token is wanted for: a person or a machine client, seeded or not. */
export interface TokenSubject {
  readonly username?: string;
  /** Name or id of a machine client. */
  readonly client?: string;
  /** Groups and attributes of a person, over those of the seeded user of that name. */
  readonly groups?: readonly string[];
  readonly attributes?: { readonly [name: string]: string };
  /** @default - the client's */
  readonly scopes?: readonly string[];
  /** Claims over those that the provider puts in; null takes one away. */
  readonly claims?: JsonObject;
}

/** An identity of the team's own has no clients in the manifest; its tokens need none. */
const NO_CLIENT: LocalClient = { name: 'local', clientId: 'local', flow: 'code', scopes: [] };

/**
 * An access token for a seeded user, or for a machine client by name or id. A person gets it from the first client for people.
 * Throws `COMMAND_PERSONA_UNKNOWN`.
 */
export async function tokenFor(name: string, provider: IdentityProvider): Promise<string> {
  const user = provider.directory.users.get(name);
  return await tokenForSubject(user === undefined ? { client: name } : { username: name }, provider);
}

/** As {@link tokenFor}, for anyone: a person who is not seeded too. */
export async function tokenForSubject(subject: TokenSubject, provider: IdentityProvider): Promise<string> {
  const { scopes, claims = {} } = subject;
  if (subject.client !== undefined) {
    const client = machineClient(subject.client, provider);
    const request = { client, scopes: scopes ?? client.scopes, trigger: 'TokenGeneration_ClientCredentials' as const };
    return (await provider.issue(request, claims)).accessToken;
  }
  const client = clientsOf(provider).find((one) => one.flow === 'code') ?? NO_CLIENT;
  const user = personOf(subject, provider);
  const trigger = 'TokenGeneration_HostedAuth';
  return (await provider.issue({ client, user, scopes: scopes ?? client.scopes, trigger }, claims)).accessToken;
}

function personOf(subject: TokenSubject, provider: IdentityProvider): LocalUser {
  const username = subject.username ?? '';
  const seeded = provider.directory.users.get(username);
  const groups = subject.groups?.length ? subject.groups : (seeded?.groups ?? []);
  const attributes = { ...seeded?.attributes, ...subject.attributes };
  const { claims } = seeded ?? {};
  return {
    username,
    groups,
    attributes,
    claims,
    sub: subOf({ username, attributes, claims }),
  };
}

function machineClient(name: string, provider: IdentityProvider): LocalClient {
  const machines = clientsOf(provider).filter((one) => one.flow === 'client-credentials');
  const found = machines.find((one) => one.name === name || one.clientId === name);
  if (found !== undefined) return found;
  const names = [...provider.directory.users.keys(), ...machines.map((one) => one.name)];
  throw GovernanceError.of('COMMAND_PERSONA_UNKNOWN', { name, suggestion: suggest(name, names) });
}

function clientsOf(provider: IdentityProvider): LocalClient[] {
  return [...provider.directory.clients.values()];
}
