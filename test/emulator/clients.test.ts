import { Client as ClientV2, StreamableHTTPClientTransport as TransportV2 } from '@modelcontextprotocol/client';
import { Client as ClientV1 } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport as TransportV1 } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { afterEach, describe, expect, it } from 'vitest';
import type { GatewayManifest } from '../../lib/contract/manifest';
import { MCP_PROTOCOL_VERSIONS } from '../../lib/contract/mcp';
import type { Emulator } from '../../lib/emulator';
import { claimsApp, FixtureApp } from './fixture';

let app: FixtureApp;
let emulator: Emulator;

async function start(gateway: Partial<GatewayManifest['gateway']> = {}): Promise<RequestInit> {
  app = new FixtureApp();
  const manifest = claimsApp(app);
  const withSchema = manifest.targets.map((target) => ({
    ...target,
    tools: target.tools.map((tool) => ({
      ...tool,
      outputSchema: { type: 'object', properties: { tool: { type: 'string' } } },
    })),
  }));
  emulator = await app.start({ ...manifest, targets: withSchema, gateway: { ...manifest.gateway, ...gateway } });
  return { headers: { authorization: `Bearer ${await emulator.token('rita')}` } };
}

afterEach(async () => {
  await emulator.stop();
  app.remove();
});

const info = { name: 'test', version: '1' };
const call = { name: 'Claims___query', arguments: { id: 'c-1' } };
const denied = { name: 'Claims___purge', arguments: { id: 'c-1' } };

describe.each([
  ['plain answers', {}],
  ['sessions', { sessionTimeoutSeconds: 900 }],
  ['streams', { responseStreaming: true }],
  ['sessions and streams', { sessionTimeoutSeconds: 900, responseStreaming: true }],
])('with %s', (_, gateway) => {
  // Covers assumed.structured-content
  it('the client of the SDK, version 1, connects, lists, calls and is denied', async () => {
    const requestInit = await start(gateway);
    const client = new ClientV1(info);
    await client.connect(
      new TransportV1(new URL(emulator.mcpUrl), { requestInit }) as Parameters<ClientV1['connect']>[0],
    );
    await client.ping();
    expect((await client.listTools()).tools.map(({ name }) => name)).toEqual(['Claims___query']);
    expect((await client.callTool(call)).structuredContent).toEqual({ event: { id: 'c-1' }, tool: 'Claims___query' });
    await expect(client.callTool(denied)).rejects.toThrow('Tool Execution Denied:');
    await client.close();
  });

  it('the client of the SDK, version 2, does so as well', async () => {
    const requestInit = await start(gateway);
    const client = new ClientV2(info);
    await client.connect(new TransportV2(new URL(emulator.mcpUrl), { requestInit }));
    expect(client.getNegotiatedProtocolVersion()).toBe('2025-11-25');
    expect((await client.listTools()).tools.map(({ name }) => name)).toEqual(['Claims___query']);
    expect((await client.callTool(call)).structuredContent).toEqual({ event: { id: 'c-1' }, tool: 'Claims___query' });
    await expect(client.callTool(denied)).rejects.toThrow('Tool Execution Denied:');
    await client.close();
  });

  it('the stateless revision works through the client that knows it', async () => {
    const requestInit = await start(gateway);
    const client = new ClientV2(info, { versionNegotiation: { mode: 'auto' } });
    await client.connect(new TransportV2(new URL(emulator.mcpUrl), { requestInit }));
    expect(client.getNegotiatedProtocolVersion()).toBe('2026-07-28');
    expect((await client.listTools()).tools.map(({ name }) => name)).toEqual(['Claims___query']);
    expect((await client.callTool(call)).structuredContent).toEqual({ event: { id: 'c-1' }, tool: 'Claims___query' });
    await expect(client.callTool(denied)).rejects.toThrow('Tool Execution Denied:');
    await client.close();
  });
});

describe('protocol versions', () => {
  // Covers gateway.protocol-versions
  it.each(MCP_PROTOCOL_VERSIONS.slice(1))('%s is negotiated by initialize', async (version) => {
    const requestInit = await start({ protocolVersions: [version] });
    const client = new ClientV2(info, { supportedProtocolVersions: [version] });
    await client.connect(new TransportV2(new URL(emulator.mcpUrl), { requestInit }));
    expect(client.getNegotiatedProtocolVersion()).toBe(version);
    await client.close();
  });
});
