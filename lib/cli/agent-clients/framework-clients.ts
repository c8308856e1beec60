import type { AgentClient, TokenAccess } from './agent-client';

/** Libraries that agents are written with. Their clients ask for the tokens of a request when they send it. */
export const FRAMEWORK_CLIENTS: readonly AgentClient[] = [
  {
    name: 'langchain',
    title: 'LangChain',
    place: "the agent's code",
    language: 'js',
    token: (gateway) => `import { MultiServerMCPClient } from '@langchain/mcp-adapters';

${authProvider(gateway)}
const client = new MultiServerMCPClient({
  mcpServers: { ${quoted(gateway.name)}: { transport: 'http', url: ${quoted(gateway.mcpUrl)}, authProvider } },
});
const tools = await client.getTools();`,
  },
  {
    name: 'ai-sdk',
    title: 'AI SDK',
    place: "the agent's code",
    language: 'js',
    token: (gateway) => `import { createMCPClient } from '@ai-sdk/mcp';

${authProvider(gateway)}
const client = await createMCPClient({ transport: { type: 'http', url: ${quoted(gateway.mcpUrl)}, authProvider } });
const tools = await client.tools();`,
  },
  {
    name: 'strands',
    title: 'Strands Agents',
    place: "the agent's code",
    language: 'js',
    token: (gateway) => `import { McpClient } from '@strands-agents/sdk';

${authProvider(gateway)}
const client = new McpClient({ url: ${quoted(gateway.mcpUrl)}, authProvider });
const tools = await client.listTools();`,
  },
];

/** What clients ask for the token of each request, so that it never expires. */
function authProvider({ emulatorUrl, caller }: TokenAccess): string {
  return `const authProvider = {
  redirectUrl: 'http://localhost',
  clientMetadata: { redirect_uris: [] },
  clientInformation: () => undefined,
  saveTokens: () => undefined,
  async tokens() {
    const body = JSON.stringify({ persona: ${quoted(caller)} });
    const answer = await fetch(${quoted(`${emulatorUrl}/emulator/token`)}, { method: 'POST', body });
    return { access_token: (await answer.json()).token, token_type: 'Bearer' };
  },
};`;
}

function quoted(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}
