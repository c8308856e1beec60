import type { DeclaredClaim } from './manifest';

/** Name of the file beside the trigger's bundle that holds its {@link PreTokenConfig}. */
export const PRE_TOKEN_CONFIG_FILE = 'config.json';

/** Environment variable with the name of the parameter that holds the ids of the clients, as JSON text `{ "<name>": "<id>" }`. */
export const CLIENTS_PARAMETER_VARIABLE = 'CLIENTS_PARAMETER';

/** What the construct tells the pre-token-generation trigger, as a file in its asset. Holds no secret. */
export interface PreTokenConfig {
  readonly version: 1;
  /** The claims to put into access tokens: those from attributes, groups and clients. */
  readonly claims: readonly DeclaredClaim[];
  /** Names of the clients whose claims differ. Without any, the trigger needs no client's id. */
  readonly clients: readonly string[];
  /** Scopes for tokens from a sign-in by API, which carry none of a resource server. Only where such a sign-in was asked for. */
  readonly apiSignInScopes: readonly string[];
}

/** Environment variable with one client's id, which local runs set instead of the parameter. */
export function clientIdVariable(client: string): string {
  return `CLIENT_ID_${client.toUpperCase().replace(/-/g, '_')}`;
}
