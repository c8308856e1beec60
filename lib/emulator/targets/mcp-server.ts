import { isJsonObject } from '../../contract/json';
import { importPackage } from '../../diagnostics/load-package';
import { causeOf } from './cause';
import { HTTP_TIMEOUT } from './http-api';
import type { TargetCaller } from './target';

/** Calls the tools of another MCP server with the official client. */
export function mcpServerTarget(endpoint: string): TargetCaller {
  return {
    async start() {
      await loadSdk();
    },
    async call({ toolName, input, headers }) {
      const { Client, StreamableHTTPClientTransport } = await loadSdk();
      const client = new Client({ name: 'agentcore-gateway', version: '1.0.0' });
      try {
        await client.connect(new StreamableHTTPClientTransport(new URL(endpoint), { requestInit: { headers } }));
        const request = { method: 'tools/call' as const, params: { name: toolName, arguments: input } };
        const result: unknown = await client.request(request, { timeout: HTTP_TIMEOUT });
        return isJsonObject(result)
          ? { kind: 'tool-result', result }
          : { kind: 'failure', detail: 'the server answered without a result' };
      } catch (error) {
        return { kind: 'failure', detail: `${endpoint}: ${causeOf(error)}` };
      } finally {
        await client.close().catch(() => undefined);
      }
    },
  };
}

function loadSdk() {
  const wanted = { name: '@modelcontextprotocol/client', use: 'a target that is an MCP server' };
  return importPackage(wanted, () => import('@modelcontextprotocol/client'));
}
