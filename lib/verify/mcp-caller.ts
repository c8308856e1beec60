import { isJsonObject, type JsonObject, type JsonValue } from '../contract/json';
import { importPackage } from '../diagnostics/load-package';
import { version as libraryVersion } from './version';

/** What came back for a `tools/call`, before anyone judges it. */
export type RawAnswer =
  | { readonly kind: 'result'; readonly result: JsonObject }
  | { readonly kind: 'rpc-error'; readonly code: number; readonly message: string; readonly data?: JsonValue }
  /** The HTTP status, where one arrived. */
  | { readonly kind: 'transport'; readonly message: string; readonly status?: number };

/** Loads the official MCP client. Throws `PACKAGE_MISSING`. */
export function loadMcpClient() {
  const wanted = { name: '@modelcontextprotocol/client', use: 'verification' };
  return importPackage(wanted, () => import('@modelcontextprotocol/client'));
}

type Sdk = Awaited<ReturnType<typeof loadMcpClient>>;

/** The official MCP client, connected to a gateway as one caller. */
export class McpCaller {
  private constructor(
    private readonly sdk: Sdk,
    private readonly client: InstanceType<Sdk['Client']>,
  ) {}

  /** @param token bearer token; undefined for a gateway without authorization */
  static async connect(url: string, token: string | undefined): Promise<McpCaller> {
    const headers: Record<string, string> = token === undefined ? {} : { authorization: `Bearer ${token}` };
    const sdk = await loadMcpClient();
    const client = new sdk.Client({ name: 'governed-gateway-verify', version: libraryVersion });
    await client.connect(new sdk.StreamableHTTPClientTransport(new URL(url), { requestInit: { headers } }));
    return new McpCaller(sdk, client);
  }

  async callTool(name: string, args: JsonObject | undefined): Promise<RawAnswer> {
    try {
      const params = args === undefined ? { name } : { name, arguments: args };
      const result: unknown = await this.client.request({ method: 'tools/call', params });
      return { kind: 'result', result: isJsonObject(result) ? result : {} };
    } catch (error) {
      return answerOfError(error, this.sdk);
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
function answerOfError(error: unknown, { ProtocolError, SdkHttpError }: Sdk): RawAnswer {
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
