import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Emulator } from '../../lib/emulator';
import { runs } from '../runs';
import { claimsApp, FixtureApp } from './fixture';

const MARK = 'the tool ran';
const app = new FixtureApp();
let emulator: Emulator;
let token: string;

beforeAll(async () => {
  const manifest = claimsApp(app);
  const [target] = manifest.targets;
  if (target === undefined) throw new Error('the fixture has no target');
  const tool = app.bundle('marked', `export const handler = async () => '${MARK}';`);
  const gateway = { ...manifest.gateway, semanticSearch: true };
  emulator = await app.start({ ...manifest, gateway, targets: [{ ...target, function: tool }] });
  // No policy permits anything to walt.
  token = await emulator.token('walt');
});

afterAll(async () => {
  await emulator.stop();
  app.remove();
});

const names = fc.oneof(
  fc.constantFrom(
    'Claims___query',
    'Claims___purge',
    'claims___query',
    'Claims__query',
    'Claims___query ',
    'Claims',
    '___',
    '__proto__',
    'constructor',
    'x_amz_bedrock_agentcore_search',
  ),
  fc.string(),
);
const methods = fc.oneof(
  fc.constantFrom(
    'tools/call',
    'tools/list',
    'initialize',
    'server/discover',
    'ping',
    'prompts/get',
    'resources/read',
    'notifications/x',
    'toString',
  ),
  fc.string(),
);
const versions = fc.constantFrom('2026-07-28', '2025-11-25', '2025-06-18', '2025-03-26', '2024-11-05', 'x');
const params = fc.oneof(
  fc.record(
    {
      name: fc.oneof(names, fc.jsonValue()),
      arguments: fc.oneof(
        fc.record({ id: fc.jsonValue(), limit: fc.jsonValue() }, { requiredKeys: [] }),
        fc.jsonValue(),
      ),
      cursor: fc.jsonValue(),
      protocolVersion: fc.jsonValue(),
      _meta: fc.oneof(
        fc.jsonValue(),
        fc.record(
          {
            'io.modelcontextprotocol/protocolVersion': fc.oneof(versions, fc.jsonValue()),
            'io.modelcontextprotocol/clientCapabilities': fc.jsonValue(),
          },
          { requiredKeys: [] },
        ),
      ),
    },
    { requiredKeys: [] },
  ),
  fc.jsonValue(),
);
const bodies = fc.oneof(
  {
    weight: 6,
    arbitrary: fc
      .record(
        { jsonrpc: fc.constant('2.0'), id: fc.oneof(fc.integer(), fc.string()), method: methods, params },
        { requiredKeys: ['jsonrpc', 'method'] },
      )
      .map((body) => JSON.stringify(body)),
  },
  { weight: 1, arbitrary: fc.json() },
  { weight: 1, arbitrary: fc.string() },
  {
    weight: 1,
    arbitrary: fc.constant(
      `{"jsonrpc":"2.0","id":1,"method":"ping","method":"tools/call","params":{"name":"Claims___query","name":"Claims___purge","arguments":{"id":"x"}}}`,
    ),
  },
);

describe('any message of a caller who may do nothing', () => {
  it('is answered, and never reaches a tool', async () => {
    await fc.assert(
      fc.asyncProperty(bodies, versions, fc.option(names), async (body, version, name) => {
        const response = await fetch(emulator.mcpUrl, {
          method: 'POST',
          headers: {
            'content-type': 'application/json',
            authorization: `Bearer ${token}`,
            'mcp-protocol-version': version,
            'mcp-method': 'tools/call',
            ...(name === null ? {} : { 'mcp-name': encodeURIComponent(name) }),
          },
          body,
        });
        const text = await response.text();
        expect(text).not.toContain(MARK);
        expect([200, 202, 400, 404]).toContain(response.status);
        if (response.status !== 202) expect(JSON.parse(text)).toMatchObject({ jsonrpc: '2.0' });
      }),
      runs(500),
    );
  });
});
