import { withoutTrustedFields } from '../../contract/trusted-context';
import type { Application } from '../application';
import { MCP_PATH } from '../http/paths';

/** What every view needs to know of the gateway: who may call, and what. */
export function stateOf({ gateway, provider }: Application): object {
  const { manifest } = gateway;
  const users = [...provider.directory.users.values()];
  const machines = [...provider.directory.clients.values()].filter(({ flow }) => flow === 'client-credentials');
  const trusted = (tool: string): Set<string> =>
    new Set(manifest.trustedContext.filter(({ tools }) => tools.includes(tool)).map(({ name }) => name));
  return {
    path: manifest.path,
    mode: manifest.gateway.mode,
    authorization: manifest.identity.authorization,
    mcpUrl: `${gateway.baseUrl}${MCP_PATH}`,
    personas: [
      ...users.map(({ username, groups }) => ({ name: username, groups })),
      ...machines.map(({ name }) => ({ name, groups: [] })),
    ],
    tools: [...gateway.tools].map(([name, { definition }]) => ({
      name,
      description: definition.description,
      inputSchema: withoutTrustedFields(definition.inputSchema, trusted(name)),
    })),
  };
}
