import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ToolDefinition } from '../../lib/contract/mcp';
import type { Emulator } from '../../lib/emulator';
import { claimsApp, claimsManifest, FixtureApp, policy } from './fixture';

const CONFORMANCE = '@modelcontextprotocol/conformance@0.1.16';
const INSPECTOR = '@modelcontextprotocol/inspector@2.12.0';

const SCHEMA_2020_12: ToolDefinition = {
  name: 'json_schema_2020_12_tool',
  description: 'Tool with JSON Schema 2020-12 features',
  inputSchema: {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    type: 'object',
    $defs: { address: { type: 'object', properties: { street: { type: 'string' }, city: { type: 'string' } } } },
    properties: { name: { type: 'string' }, address: { $ref: '#/$defs/address' } },
    additionalProperties: false,
  },
};

/** The suite looks for a tool by its bare name, and a gateway has none without prefix: an interceptor takes it off. */
const BARE_NAMES = `export const handler = async (event) => {
  const body = event.mcp.gatewayResponse.body;
  for (const tool of body.result?.tools ?? []) tool.name = tool.name.replace(/^Suite___/, '');
  return { interceptorOutputVersion: '1.0', mcp: { transformedGatewayResponse: { body } } };
};`;

const apps = [new FixtureApp(), new FixtureApp()] as const;
let open: Emulator;
let closed: Emulator;

/** Runs a shell line with packages that need a younger Node.js than this library's oldest. */
async function withNode24(packageName: string, line: string): Promise<string> {
  const args = ['--yes', '--package=node@24', `--package=${packageName}`, '--call', line];
  const { stdout } = await promisify(execFile)('npx', args, { timeout: 240_000, maxBuffer: 16 * 1024 * 1024 });
  return stdout;
}

beforeAll(async () => {
  const [suite, claims] = apps;
  open = await suite.start(
    claimsManifest({
      identity: { ...claimsManifest().identity, kind: 'none', authorization: 'none' },
      targets: [
        {
          name: 'Suite',
          kind: 'lambda',
          tools: [SCHEMA_2020_12],
          function: suite.bundle('suite', 'export const handler = async () => 1;'),
        },
      ],
      policies: [
        policy(
          'all',
          'permit(principal, action == AgentCore::Action::"Suite___json_schema_2020_12_tool", resource == ?resource) when { context.system.now > datetime("2020-01-01") };',
        ),
      ],
      interceptors: { response: suite.bundle('response', BARE_NAMES) },
    }),
  );
  closed = await claims.start(claimsApp(claims));
});

afterAll(async () => {
  await open.stop();
  await closed.stop();
  for (const app of apps) app.remove();
});

describe('the conformance suite', () => {
  it('passes in the scenarios of a server that has tools only', async () => {
    const scenarios = ['server-initialize', 'ping', 'tools-list', 'dns-rebinding-protection', 'json-schema-2020-12'];
    const runs = scenarios.map(
      (scenario) => `conformance server --url ${open.mcpUrl} --scenario ${scenario} && echo passed ${scenario}`,
    );
    const output = await withNode24(CONFORMANCE, runs.join(' ; '));
    for (const scenario of scenarios) expect(output).toContain(`passed ${scenario}`);
  }, 300_000);
});

describe("MCP inspector's command line", () => {
  it('lists and calls', async () => {
    const client = `mcp-inspector --cli ${closed.mcpUrl} --transport http --header "Authorization: Bearer ${await closed.token('rita')}"`;
    const output = await withNode24(
      INSPECTOR,
      `${client} --method tools/list && ${client} --method tools/call --tool-name Claims___query --tool-arg id=c-9`,
    );
    expect(output).toContain('"Claims___query"');
    expect(output).not.toContain('"Claims___purge"');
    expect(output).toContain('c-9');
  }, 300_000);
});
