import { isJsonObject } from '../../lib/contract/json';
import type { DeclaredClaim } from '../../lib/contract/manifest';
import type { PreTokenConfig } from '../../lib/contract/pre-token-config';

const SOURCES: readonly unknown[] = ['attribute', 'groups', 'client'];

/** Parses the trigger's configuration. Throws when it is not whole: then no token is issued. */
export function parseConfig(text: string): PreTokenConfig {
  const config: unknown = JSON.parse(text);
  if (!isConfig(config)) throw new TypeError('the configuration of the pre-token-generation trigger is not valid');
  return config;
}

function isConfig(value: unknown): value is PreTokenConfig {
  if (!isJsonObject(value) || value['version'] !== 1) return false;
  const { claims, clients, apiSignInScopes } = value;
  return Array.isArray(claims) && claims.every(isClaim) && isTextList(clients) && isTextList(apiSignInScopes);
}

function isClaim(value: unknown): value is DeclaredClaim {
  if (!isJsonObject(value)) return false;
  const { name, source, attribute, values, machineValues, multiValued } = value;
  if (typeof name !== 'string' || name === '' || !SOURCES.includes(source) || typeof multiValued !== 'boolean')
    return false;
  if (machineValues !== undefined && !isJsonObject(machineValues)) return false;
  return source === 'attribute' ? typeof attribute === 'string' : isJsonObject(values);
}

function isTextList(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}
