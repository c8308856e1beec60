import { Client as ClientV2, StreamableHTTPClientTransport as TransportV2 } from '@modelcontextprotocol/client';
import { Client as ClientV1 } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport as TransportV1 } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { afterEach, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { defineTool, toolHandler } from '../../lambda/tool-kit';
import type { GatewayManifest } from '../../lib/contract/manifest';
import { MCP_PROTOCOL_VERSIONS, type ToolDefinition } from '../../lib/contract/mcp';
import { publishSchema } from '../../lib/contract/published-schema';
import type { Emulator } from '../../lib/emulator';
import { claimsApp, FixtureApp, policy } from './fixture';

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

describe("a tool's declared error", () => {
  it('reaches the agent through both official clients, although the tool has an output schema', async () => {
    app = new FixtureApp();
    const source = {
      name: 'ask',
      description: 'Finds a claim',
      input: z.object({ id: z.string() }),
      output: z.object({ amount: z.number() }),
    };
    const [declared] = toolHandler(defineTool({ ...source, handler: () => ({ amount: 5 }) })).tools;
    const published = publishSchema(declared?.outputSchema ?? {}).schema;
    const tools: ToolDefinition[] = [
      {
        name: 'ask',
        description: 'Finds a claim',
        inputSchema: { type: 'object', properties: { id: { type: 'string' } } },
        outputSchema: published,
      },
    ];
    const fn = app.bundle(
      'ask',
      `import { defineTool, ToolError, toolHandler } from './lambda/tool-kit';
      import * as z from 'zod';
      export const handler = toolHandler(defineTool({
        name: 'ask',
        description: 'Finds a claim',
        input: z.object({ id: z.string() }),
        output: z.object({ amount: z.number() }),
        handler: ({ id }) => {
          if (id === 'c-1') return { amount: 5 };
          if (id === 'c-2') throw new ToolError('CLAIM_NOT_FOUND', 'there is no claim with this id');
          throw new Error('no table PEOPLE');
        },
      }));`,
    );
    const manifest = claimsApp(app, {
      targets: [{ name: 'Claims', kind: 'lambda', tools, function: fn }],
      policies: [
        policy(
          'ask',
          'permit(principal is AgentCore::OAuthUser, action == AgentCore::Action::"Claims___ask", resource == ?resource) when { context.input has id };',
        ),
      ],
    });
    emulator = await app.start(manifest);
    const requestInit = { headers: { authorization: `Bearer ${await emulator.token('rita')}` } };
    const one = new ClientV1(info);
    await one.connect(new TransportV1(new URL(emulator.mcpUrl), { requestInit }) as Parameters<ClientV1['connect']>[0]);
    const two = new ClientV2(info);
    await two.connect(new TransportV2(new URL(emulator.mcpUrl), { requestInit }));
    const answers: { id: string; code?: string; shown: string }[] = [];
    for (const client of [one, two]) {
      // Clients check results once they have seen the schema.
      await client.listTools();
      for (const id of ['c-1', 'c-2', 'c-3']) {
        const { structuredContent, content } = await client.callTool({ name: 'Claims___ask', arguments: { id } });
        const { error } = structuredContent as { error?: { code: string } };
        answers.push({ id, ...(error && { code: error.code }), shown: JSON.stringify(content) });
      }
      await client.close();
    }
    const expected = [{ id: 'c-1' }, { id: 'c-2', code: 'CLAIM_NOT_FOUND' }, { id: 'c-3', code: 'FAILED' }];
    expect(answers).toMatchObject([...expected, ...expected]);
    for (const { shown, code } of answers) expect(shown).toContain(code ?? 'amount');
    expect(JSON.stringify(answers)).not.toContain('PEOPLE');
  });
});
