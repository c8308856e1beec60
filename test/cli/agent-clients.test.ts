import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accessOf } from '../../lib/cli/agent-clients/access-of';
import type { GatewayAccess } from '../../lib/cli/agent-clients/agent-client';
import { AGENT_CLIENTS, configurationsOf } from '../../lib/cli/agent-clients/agent-clients';
import { describeAgentClient, describeAgentClients } from '../../lib/cli/agent-clients/describe-clients';
import { tokenCommand } from '../../lib/cli/agent-clients/token-command';
import { EMULATOR_URL } from '../../lib/cli/running-emulator';
import { Identity } from '../../lib/constructs/identity/identity';
import { type Emulator, startEmulator } from '../../lib/emulator';
import { bind } from '../constructs/identity/bind';
import { blocksOf, words } from '../docs/page';
import { CLIENT, claimsApp, FixtureApp } from '../emulator/fixture';
import { read } from '../house/source-files';
import { CommandLine } from './command-line';

const app = new FixtureApp();
const line = new CommandLine();
let emulator: Emulator;

beforeAll(async () => {
  emulator = await startEmulator({ assembly: app.manifest(claimsApp(app)), port: 0 });
});

afterAll(async () => {
  await emulator.stop();
  app.remove();
  line.remove();
});

/** The gateway of docs/connect.md. */
const EXAMPLE: GatewayAccess = {
  name: 'claims',
  mcpUrl: `${EMULATOR_URL}/mcp`,
  emulatorUrl: EMULATOR_URL,
  clientId: '1example23456789',
  callbackUrls: undefined,
  caller: 'rita',
};

const client = (name: string) => {
  const found = AGENT_CLIENTS.find((one) => one.name === name);
  if (found === undefined) throw new Error(`no client ${name}`);
  return found;
};

describe("the configurations of agents' programs", () => {
  const shown = blocksOf('connect.md').map(({ text }) => text);

  it.each(AGENT_CLIENTS)('are those of docs/connect.md: $name', (one) => {
    expect(read('docs/connect.md')).toContain(
      `\n### ${one.title}\n\n${one.place[0]?.toUpperCase()}${one.place.slice(1)}.\n`,
    );
    const found = configurationsOf(one, EXAMPLE);
    expect(found.length).toBeGreaterThan(0);
    for (const { text } of found) expect(shown).toContain(`${text}\n`);
  });

  it('come back to addresses that a user pool takes without being told', () => {
    const { bound } = bind(Identity.cognito({}));
    const callbacks = bound.manifest.clients.flatMap(({ callbackUrls = [] }) => callbackUrls);
    for (const { callbackUrl } of AGENT_CLIENTS)
      if (callbackUrl !== undefined) expect(callbacks).toContain(callbackUrl);
  });

  it('quote names for the shell and for code', () => {
    const odd = { ...EXAMPLE, caller: "o'neil $(id)", emulatorUrl: 'http://127.0.0.1:9' };
    expect(tokenCommand(odd)).toBe(
      String.raw`npx governed-gateway token --as 'o'\''neil $(id)' --url http://127.0.0.1:9`,
    );
    expect(client('strands').token?.(odd)).toContain(String.raw`persona: 'o\'neil $(id)'`);
  });

  it('say what is missing', () => {
    const nobody = { ...EXAMPLE, clientId: undefined, caller: undefined };
    expect(describeAgentClient(client('cursor'), nobody)).toBe('Cursor: has no way to get a token of this gateway\n');
    const elsewhere = { ...EXAMPLE, callbackUrls: ['http://localhost:1/callback'] };
    expect(describeAgentClient(client('cursor'), elsewhere)).toMatch(/^Cursor comes back .*http:\/\/localhost:8787/);
    expect(describeAgentClient(client('cursor'), EXAMPLE)).not.toContain('comes back');
  });

  it.each([
    ['none', 'asks for no token'],
    ['iam', 'AWS credentials'],
  ] as const)('are none where a gateway takes no tokens: %s', (authorization, text) => {
    const manifest = emulator.manifest();
    const other = { ...manifest, identity: { ...manifest.identity, authorization } };
    expect(describeAgentClients(AGENT_CLIENTS, { ...emulator, manifest: () => other })).toContain(text);
  });

  it("let Claude Code's header helper fetch tokens that the official client connects with", async () => {
    const { headersHelper, url } = serverOf(client('claude-code').token?.({ ...accessOf(emulator), caller: 'rita' }));
    const { code, out } = await line.run(words(headersHelper).slice(2));
    expect(code).toBe(0);
    const mcp = new Client({ name: 'test', version: '1' });
    const requestInit = { headers: JSON.parse(out) as Record<string, string> };
    await mcp.connect(
      new StreamableHTTPClientTransport(new URL(url), { requestInit }) as Parameters<Client['connect']>[0],
    );
    expect((await mcp.listTools()).tools.map(({ name }) => name)).toEqual(['Claims___query']);
    await expect(mcp.callTool({ name: 'Claims___purge', arguments: { id: '1' } })).rejects.toThrow(
      /-32002.*Tool Execution Denied: /,
    );
    await mcp.close();
  });
});

function serverOf(text = '{}'): { url: string; headersHelper: string } {
  const { mcpServers } = JSON.parse(text) as { mcpServers: { test: { url: string; headersHelper: string } } };
  return mcpServers.test;
}

describe('governed-gateway emulate --clients', () => {
  const emulate = (...args: string[]) => line.start(['emulate', app.directory, '--port', '0', '--no-watch', ...args]);

  it('prints them with the address and the client of the gateway', async () => {
    const running = emulate('--clients');
    for (const { title } of AGENT_CLIENTS) await expect.poll(() => running.written.out).toContain(`\n${title}`);
    expect(running.written.out).toContain(`"CLIENT_ID": "${CLIENT}"`);
    running.interrupt();
    expect(await running.code).toBe(0);
  });

  it('prints one, and knows no other', async () => {
    const running = emulate('--clients', 'vscode');
    await expect.poll(() => running.written.out).toContain('\nVS Code, with tokens of rita');
    expect(running.written.out).not.toContain('\nCursor');
    running.interrupt();
    await running.code;
    const refused = await line.run(['emulate', app.directory, '--port', '0', '--clients', 'emacs']);
    expect(refused).toMatchObject({ code: 3, out: '', err: expect.stringContaining('claude-code, claude-desktop') });
  });
});
