import type { JsonObject } from '../../contract/json';
import { splitToolName } from '../../contract/tool-name';
import { withoutTrustedFields } from '../../contract/trusted-context';
import type { Application } from '../application';
import { MCP_PATH } from '../http/paths';

/** What every view needs to know of the gateway. */
export interface GatewayState {
  readonly path: string;
  readonly mode: string;
  readonly mcpUrl: string;
  /** Whoever can be called as, by name. */
  readonly personas: readonly { readonly name: string; readonly groups: readonly string[] }[];
  readonly tools: readonly { readonly name: string; readonly target: string }[];
}

export function stateOf({ gateway, provider }: Application): GatewayState {
  const { manifest } = gateway;
  const users = [...provider.directory.users.values()];
  const machines = [...provider.directory.clients.values()].filter(({ flow }) => flow === 'client-credentials');
  const callers = [
    ...users.map(({ username, groups }) => ({ name: username, groups })),
    ...machines.map(({ name }) => ({ name, groups: [] })),
  ];
  return {
    path: manifest.path,
    mode: manifest.gateway.mode,
    mcpUrl: `${gateway.baseUrl}${MCP_PATH}`,
    personas: manifest.identity.authorization === 'none' ? [{ name: 'anybody', groups: [] }] : callers,
    tools: [...gateway.tools.keys()].map((name) => ({ name, target: splitToolName(name)?.target ?? '' })),
  };
}

/** A tool as agents see it, without its trusted fields. Null for one that there is not. */
export function toolOf(
  name: string,
  { gateway }: Application,
): { name: string; description: string; inputSchema: JsonObject } | null {
  const definition = gateway.tools.get(name)?.definition;
  if (definition === undefined) return null;
  const fields = gateway.manifest.trustedContext.filter(({ tools }) => tools.includes(name));
  const { description, inputSchema } = definition;
  const names = new Set(fields.map((field) => field.name));
  return { name, description, inputSchema: withoutTrustedFields(inputSchema, names) };
}
