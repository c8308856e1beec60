import { Client, ProtocolError, SdkHttpError, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { isJsonObject, type JsonObject, type JsonValue } from '../contract/json';
import { version as libraryVersion } from './version';

/** What came back for a `tools/call`, before anyone judges it. */
export type RawAnswer =
  | { readonly kind: 'result'; readonly result: JsonObject }
  | { readonly kind: 'rpc-error'; readonly code: number; readonly message: string; readonly data?: JsonValue }
  /** The HTTP status, where one arrived. */
  | { readonly kind: 'transport'; readonly message: string; readonly status?: number };

/** The official MCP client, connected to a gateway as one caller. */
export class McpCaller {
  private readonly client = new Client({ name: 'governed-gateway-verify', version: libraryVersion });

  private constructor(private readonly transport: StreamableHTTPClientTransport) {}

  /** @param token bearer token; undefined for a gateway without authorization */
  static async connect(url: string, token: string | undefined): Promise<McpCaller> {
    const headers: Record<string, string> = token === undefined ? {} : { authorization: `Bearer ${token}` };
    const caller = new McpCaller(new StreamableHTTPClientTransport(new URL(url), { requestInit: { headers } }));
    await caller.client.connect(caller.transport);
    return caller;
  }

  async callTool(name: string, args: JsonObject | undefined): Promise<RawAnswer> {
    try {
      const params = args === undefined ? { name } : { name, arguments: args };
      const result: unknown = await this.client.request({ method: 'tools/call', params });
      return { kind: 'result', result: isJsonObject(result) ? result : {} };
    } catch (error) {
      return answerOfError(error);
    }
  }

  /** Names of all pages. Rejects when the list cannot be had. */
  async listTools(): Promise<string[]> {
    const names: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await this.client.request({ method: 'tools/list', params: cursor === undefined ? {} : { cursor } });
      names.push(...page.tools.map((tool) => tool.name));
      cursor = page.nextCursor;
    } while (cursor !== undefined);
    return names;
  }

  async close(): Promise<void> {
    await this.client.close();
  }
}

/** An error of the client as data. */
function answerOfError(error: unknown): RawAnswer {
  if (error instanceof ProtocolError) {
    const data = error.data as JsonValue | undefined;
    return { kind: 'rpc-error', code: error.code, message: error.message, ...(data === undefined ? {} : { data }) };
  }
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof SdkHttpError && error.status !== undefined) {
    return { kind: 'transport', message, status: error.status };
  }
  return { kind: 'transport', message };
}
