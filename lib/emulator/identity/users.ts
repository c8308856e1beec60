import type { JsonObject } from '../../contract/json';
import type { IdentityManifest, PersonaManifest } from '../../contract/manifest';
import { subOf } from '../../contract/persona-sub';
import type { Resolver } from '../../contract/template-values';

/** Password of every seeded user, and secret of every machine client: there is nothing to protect on a laptop. */
export const LOCAL_PASSWORD = 'Local-password-1';

export interface LocalUser {
  readonly username: string;
  /** Stable for a username, so that policies and data may name it. */
  readonly sub: string;
  readonly groups: readonly string[];
  readonly attributes: { readonly [name: string]: string };
  /** Claims of the user's tokens, of an issuer of the team's own. */
  readonly claims?: JsonObject | undefined;
}

/** A client that tokens are issued to. One with client credentials has the secret {@link LOCAL_PASSWORD}; others have none. */
export interface LocalClient {
  readonly name: string;
  readonly clientId: string;
  readonly flow: 'code' | 'client-credentials';
  /** Everything that the client may ask for, by full names. */
  readonly scopes: readonly string[];
  /** Where browsers may be sent after signing in, letter by letter; undefined for a client that the app does not make: any address here. */
  readonly callbackUrls?: readonly string[] | undefined;
  /** Where browsers may be sent after signing out. */
  readonly logoutUrls?: readonly string[] | undefined;
}

/** Who can sign in locally. */
export interface Directory {
  readonly users: ReadonlyMap<string, LocalUser>;
  /** By client id. */
  readonly clients: ReadonlyMap<string, LocalClient>;
}

export function directoryOf(
  identity: IdentityManifest,
  personas: readonly PersonaManifest[],
  resolve: Resolver,
): Directory {
  const users = personas.map((persona): [string, LocalUser] => [persona.username, { ...persona, sub: subOf(persona) }]);
  const clients = clientsOf(identity, resolve).map((client): [string, LocalClient] => [client.clientId, client]);
  return { users: new Map(users), clients: new Map(clients) };
}

/** Name and id of the client of an issuer that accepts tokens of any client. */
const ANY_CLIENT = 'local';

/** An issuer of the team's own has clients that nobody here knows: those that the gateway accepts, or any. */
function clientsOf(identity: IdentityManifest, resolve: Resolver): LocalClient[] {
  if (identity.kind !== 'oidc') {
    return identity.clients.map((client) => ({ ...client, clientId: resolve(client.clientId) }));
  }
  const ids = identity.allowedClients.length > 0 ? identity.allowedClients.map(resolve) : [ANY_CLIENT];
  return ids.map((clientId) => ({ name: clientId, clientId, flow: 'code', scopes: identity.allowedScopes }));
}
