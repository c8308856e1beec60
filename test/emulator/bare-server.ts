import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import * as z from 'zod';

export interface BareServer {
  readonly url: string;
  stop(): void;
}

/** One tool behind the official SDK and nothing else: stateless, JSON answers, as its documentation shows it. */
export async function bareServer(name: string, run: (input: { id: string }) => unknown): Promise<BareServer> {
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const server = new McpServer({ name: 'bare', version: '1.0.0' });
    server.registerTool(name, { inputSchema: { id: z.string() } }, (input) => ({
      content: [{ type: 'text', text: JSON.stringify(run(input)) }],
    }));
    const transport = new StreamableHTTPServerTransport({ enableJsonResponse: true });
    response.on('close', () => void transport.close());
    await server.connect(transport as Parameters<McpServer['connect']>[0]);
    await transport.handleRequest(request, response);
  };
  const http: Server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(http.address() as AddressInfo).port}/mcp`,
    stop: () => {
      http.close();
      http.closeAllConnections();
    },
  };
}
