import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { JsonObject, JsonValue } from '../../lib/contract/json';

/** An MCP server over HTTP that answers `tools/list` as a test says, and remembers what it was sent. */
export class ScriptedServer {
  readonly authorizations: (string | undefined)[] = [];
  private readonly server = createServer((request, response) => void this.answer(request, response));

  /**
   * @param list the result for a cursor; a number is the status of an answer without a body, `silent` is no answer
   * @param name what the server calls itself
   */
  constructor(
    private readonly list: (cursor: string | undefined) => JsonObject | number | 'silent',
    private readonly name = 'scripted',
  ) {}

  async start(): Promise<string> {
    await new Promise<void>((done) => this.server.listen(0, '127.0.0.1', done));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/mcp`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((done) => this.server.close(done));
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    this.authorizations.push(request.headers.authorization);
    let body = '';
    for await (const chunk of request) body += chunk;
    if (request.method !== 'POST') return void response.writeHead(405).end();
    const { id, method, params } = JSON.parse(body);
    if (id === undefined) return void response.writeHead(202).end();
    const result = method === 'tools/list' ? this.list(params?.cursor) : this.initialized(params?.protocolVersion);
    if (result === 'silent') return;
    if (typeof result === 'number') return void response.writeHead(result).end();
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ jsonrpc: '2.0', id, result }));
  }

  private initialized(protocolVersion: JsonValue): JsonObject {
    return { protocolVersion, capabilities: { tools: {} }, serverInfo: { name: this.name, version: '1' } };
  }
}

export function tool(name: string, rest: JsonObject = {}): JsonObject {
  return { name, inputSchema: { type: 'object' }, ...rest };
}
