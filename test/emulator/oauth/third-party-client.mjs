// Connects one client to a gateway, in a folder where its package is installed. Prints `address <url>` when a person must sign in, reads
// the code from a line of stdin, and prints `tools <names as JSON>`.
//
//   node third-party-client.mjs <client> <mcp url> <client id> <callback>
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

const [, , name, url, clientId, redirectUrl] = process.argv;

let tokens;
let verifier;
let issuer;
let addressShown;
const shown = new Promise((resolve) => {
  addressShown = resolve;
});

const authProvider = {
  redirectUrl,
  clientMetadata: { redirect_uris: [redirectUrl], token_endpoint_auth_method: 'none' },
  clientInformation: () => ({ client_id: clientId }),
  saveClientInformation: () => undefined,
  tokens: () => tokens,
  saveTokens: (saved) => {
    tokens = saved;
  },
  redirectToAuthorization: (address) => {
    console.log(`address ${address}`);
    addressShown();
  },
  // The AI SDK binds what it stores to the issuer.
  authorizationServerInformation: () => issuer,
  saveAuthorizationServerInformation: (saved) => {
    issuer = saved;
  },
  saveCodeVerifier: (saved) => {
    verifier = saved;
  },
  codeVerifier: () => verifier,
};

const CLIENTS = {
  'ai-sdk': {
    async connect() {
      const { createMCPClient } = await import('@ai-sdk/mcp');
      const client = await createMCPClient({ transport: { type: 'http', url, authProvider } });
      return { names: async () => Object.keys(await client.tools()), close: () => client.close() };
    },
    async finish(authorizationCode) {
      const { auth } = await import('@ai-sdk/mcp');
      await auth(authProvider, { serverUrl: url, authorizationCode });
    },
  },
  langchain: {
    async connect() {
      const { MultiServerMCPClient } = await import('@langchain/mcp-adapters');
      const client = new MultiServerMCPClient({ mcpServers: { gateway: { transport: 'http', url, authProvider } } });
      const tools = await client.getTools();
      return { names: async () => tools.map((tool) => tool.name), close: () => client.close() };
    },
    finish,
  },
  'openai-agents': {
    async connect() {
      const { MCPServerStreamableHttp } = await import('@openai/agents');
      const server = new MCPServerStreamableHttp({ url, authProvider });
      await server.connect();
      return { names: async () => (await server.listTools()).map((tool) => tool.name), close: () => server.close() };
    },
    finish,
  },
  mastra: {
    async connect() {
      const { MCPClient } = await import('@mastra/mcp');
      const client = new MCPClient({ id: randomUUID(), servers: { gateway: { url: new URL(url), authProvider } } });
      const tools = await client.listTools();
      return { names: async () => Object.keys(tools), close: () => client.disconnect() };
    },
    finish,
  },
};

/** Redeems the code as the SDK does, which the clients above bring. */
async function finish(code) {
  const { StreamableHTTPClientTransport } = await import('@modelcontextprotocol/sdk/client/streamableHttp.js');
  await new StreamableHTTPClientTransport(new URL(url), { authProvider }).finishAuth(code);
}

const client = CLIENTS[name];
const first = await Promise.race([client.connect().catch((error) => error), shown.then(() => undefined)]);
if (tokens === undefined && verifier === undefined) {
  console.log(`refused ${first?.message ?? 'without a reason'}`);
  process.exit(1);
}
const [code] = await once(createInterface(process.stdin), 'line');
await client.finish(code);
const connected = await client.connect();
console.log(`tools ${JSON.stringify(await connected.names())}`);
await connected.close();
process.exit(0);
