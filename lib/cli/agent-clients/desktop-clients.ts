import type { JsonObject } from '../../contract/json';
import type { AgentClient } from './agent-client';
import { shellWord, tokenCommand } from './token-command';

/** Programs that people install, with a file or a command line of their own. */
export const DESKTOP_CLIENTS: readonly AgentClient[] = [
  {
    name: 'claude-code',
    title: 'Claude Code',
    place: '`.mcp.json` of the project; `/mcp` signs in',
    language: 'json',
    callbackUrl: 'http://localhost:8976/callback',
    signIn: ({ name, mcpUrl, clientId }) =>
      servers(name, { type: 'http', url: mcpUrl, oauth: { clientId, callbackPort: 8976 } }),
    token: (gateway) =>
      servers(gateway.name, {
        type: 'http',
        url: gateway.mcpUrl,
        headersHelper: tokenCommand(gateway, '--format', 'headers'),
      }),
  },
  {
    name: 'claude-desktop',
    title: 'Claude Desktop',
    place: '`claude_desktop_config.json`, which Settings, Developer opens',
    language: 'json',
    callbackUrl: 'http://localhost:3334/oauth/callback',
    signIn: ({ name, mcpUrl, clientId }) => {
      const client = JSON.stringify({ client_id: clientId });
      const args = ['-y', 'mcp-remote', mcpUrl, '3334', '--static-oauth-client-info', client];
      return servers(name, { command: 'npx', args });
    },
  },
  {
    name: 'cursor',
    title: 'Cursor',
    place: '`.cursor/mcp.json` of the project',
    language: 'json',
    callbackUrl: 'http://localhost:8787/callback',
    signIn: ({ name, mcpUrl, clientId }) => servers(name, { url: mcpUrl, auth: { CLIENT_ID: clientId } }),
    token: ({ name, mcpUrl }) =>
      // biome-ignore lint/suspicious/noTemplateCurlyInString: Cursor puts the variable in
      servers(name, { url: mcpUrl, headers: { Authorization: 'Bearer ${env:GATEWAY_TOKEN}' } }),
  },
  {
    name: 'vscode',
    title: 'VS Code',
    place: '`.vscode/mcp.json` of the project',
    language: 'json',
    callbackUrl: 'http://127.0.0.1:33418/',
    signIn: ({ name, mcpUrl, clientId }) =>
      json({ servers: { [name]: { type: 'http', url: mcpUrl, oauth: { clientId } } } }),
    token: ({ name, mcpUrl }) =>
      json({
        inputs: [{ type: 'promptString', id: 'gateway-token', description: 'Token of the gateway', password: true }],
        // biome-ignore lint/suspicious/noTemplateCurlyInString: VS Code puts the answer in
        servers: { [name]: { type: 'http', url: mcpUrl, headers: { Authorization: 'Bearer ${input:gateway-token}' } } },
      }),
  },
  {
    name: 'inspector',
    title: 'MCP Inspector',
    place: 'a terminal; without `--cli` its page opens',
    language: 'sh',
    callbackUrl: 'http://127.0.0.1:6276/oauth/callback',
    signIn: ({ mcpUrl, clientId }) => inspect(mcpUrl, `--client-id ${shellWord(clientId)}`),
    token: (gateway) => inspect(gateway.mcpUrl, `--header "Authorization: Bearer $(${tokenCommand(gateway)})"`),
  },
];

function servers(name: string, server: JsonObject): string {
  return json({ mcpServers: { [name]: server } });
}

function json(value: JsonObject): string {
  return JSON.stringify(value, undefined, 2);
}

function inspect(mcpUrl: string, options: string): string {
  return `npx @modelcontextprotocol/inspector --cli ${mcpUrl} --transport http ${options} --method tools/list`;
}
