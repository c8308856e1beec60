import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { accessOf } from '../../../lib/cli/agent-clients/access-of';
import { DESKTOP_CLIENTS } from '../../../lib/cli/agent-clients/desktop-clients';
import type { Emulator } from '../../../lib/emulator';
import { CALLBACK, claimsManifest, policy } from '../fixture';
import { startClaimsApp } from '../start-claims-app';
import { peopleClient, signIn } from './person';

/** Where mcp-remote waits for the browser when it is given the port 3334. */
const MCP_REMOTE_CALLBACK = 'http://localhost:3334/oauth/callback';

const INSPECTOR = '@modelcontextprotocol/inspector@2.12.0';

/** Where MCP inspector's command line waits for the browser; its web page is at the port 6274. */
const INSPECTOR_CALLBACK = 'http://127.0.0.1:6276/oauth/callback';

/** Clients that people connect to gateways, by the names of the script, with the packages that they need. */
const CLIENTS = {
  'ai-sdk': ['@ai-sdk/mcp@2.0.99'],
  langchain: ['@langchain/mcp-adapters@1.1.4', '@langchain/core@1.4.0'],
  'openai-agents': ['@openai/agents@0.20.0', 'zod@4.6.7'],
  mastra: ['@mastra/mcp@2.0.0', '@mastra/core@1.71.0', 'zod@4.6.7'],
} as const;

/** Tokens of an issuer of the team's own have no groups. */
const ALL_MAY_QUERY = `permit(principal is AgentCore::OAuthUser, action == AgentCore::Action::"Claims___query", resource == ?resource)
when { principal has id };`;

const folder = process.env['OAUTH_CLIENTS'] ?? mkdtempSync(join(tmpdir(), 'governed-gateway-clients-'));

beforeAll(() => {
  copyFileSync(join(__dirname, 'third-party-client.mjs'), join(folder, 'client.mjs'));
  if (process.env['OAUTH_CLIENTS'] !== undefined) return;
  writeFileSync(join(folder, 'package.json'), '{ "private": true }');
  const packages = ['mcp-remote@0.15.1', '@modelcontextprotocol/sdk@1.32.2', ...Object.values(CLIENTS).flat()];
  execFileSync('npm', ['install', '--no-audit', '--no-fund', '--ignore-scripts', ...packages], {
    cwd: folder,
    stdio: 'ignore',
  });
}, 900_000);

afterAll(() => {
  if (process.env['OAUTH_CLIENTS'] === undefined) rmSync(folder, { recursive: true, force: true });
});

/** A gateway whose issuer is a user pool of the app, or one of the team's own. */
async function startGateway(kind: 'cognito' | 'oidc', callbackUrl = CALLBACK): Promise<Emulator> {
  const { identity } = claimsManifest();
  const clients = identity.clients.map((client) => ({ ...client, callbackUrls: [callbackUrl] }));
  return await startClaimsApp(() => ({
    identity: { ...identity, kind, allowedScopes: ['claims/read'], clients },
    policies: [policy('all-query', ALL_MAY_QUERY)],
  }));
}

/** The rest of the first line of a process that begins with a word, on either output. */
function lineOf(child: ChildProcess, pattern: RegExp): Promise<string> {
  const seen: string[] = [];
  return new Promise((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr]) {
      if (stream === null) continue;
      createInterface(stream).on('line', (line) => {
        seen.push(line);
        const found = pattern.exec(line)?.[1];
        if (found !== undefined) resolve(found);
      });
    }
    child.once('exit', (code) => reject(new Error(`ended with ${code}:\n${seen.join('\n')}`)));
  });
}

/** No browser opens, and nothing is kept: the test is the person. */
const HEADLESS = { BROWSER: 'none', MCP_AUTO_OPEN_ENABLED: 'true', MCP_INSPECTOR_SECRET_STORE: 'memory' };

function run(command: string, args: readonly string[]): ChildProcess {
  const child = spawn(command, args, { cwd: folder, env: { ...process.env, ...HEADLESS, HOME: folder } });
  onTestFinished(() => void child.kill());
  return child;
}

function startClient(name: string, emulator: Emulator): ChildProcess {
  return run('node', ['client.mjs', name, emulator.mcpUrl, peopleClient(emulator), CALLBACK]);
}

async function signedIn(name: string, emulator: Emulator): Promise<string> {
  const child = startClient(name, emulator);
  const tools = lineOf(child, /^tools (.*)$/);
  const back = await signIn(await Promise.race([lineOf(child, /^address (.*)$/), tools]), 'rita');
  child.stdin?.write(`${back.searchParams.get('code')}\n`);
  return await tools;
}

/** What `emulate --clients` prints for a program with which a person signs in. */
function printed(name: string, emulator: Emulator): string {
  const clientId = peopleClient(emulator);
  return DESKTOP_CLIENTS.find((client) => client.name === name)?.signIn?.({ ...accessOf(emulator), clientId }) ?? '';
}

interface Servers {
  readonly test: { readonly args: readonly string[] };
}

describe('a person signs in through', () => {
  it.each(Object.keys(CLIENTS).filter((name) => name !== 'ai-sdk'))(
    '%s, at a user pool',
    async (name) => {
      expect(await signedIn(name, await startGateway('cognito'))).toContain('Claims___query');
    },
    120_000,
  );

  it.each(Object.keys(CLIENTS))(
    "%s, at an issuer of the team's own",
    async (name) => {
      expect(await signedIn(name, await startGateway('oidc'))).toContain('Claims___query');
    },
    120_000,
  );

  // https://github.com/vercel/ai/issues/18674: user pools do not say that they know S256.
  it('the AI SDK at no user pool, here as in the cloud', async () => {
    const child = startClient('ai-sdk', await startGateway('cognito'));
    expect(await lineOf(child, /^refused (.*)$/)).toContain('does not support S256 code challenge method');
  }, 120_000);

  it("MCP inspector's command line", async () => {
    const emulator = await startGateway('cognito', INSPECTOR_CALLBACK);
    const line = printed('inspector', emulator).replace('npx @modelcontextprotocol/inspector', 'mcp-inspector');
    const child = run('npx', ['--yes', '--package=node@24', `--package=${INSPECTOR}`, '--call', line]);
    const listed = lineOf(child, /("Claims___query")/);
    const back = await signIn(
      await Promise.race([lineOf(child, /(http:\S+\/oauth2\/authorize[^\s"]+)/), listed]),
      'rita',
    );
    await expect.poll(() => fetch(back).then(({ status }) => status), { timeout: 60_000 }).toBe(200);
    expect(await listed).toBe('"Claims___query"');
  }, 600_000);

  it('mcp-remote', async () => {
    const emulator = await startGateway('cognito', MCP_REMOTE_CALLBACK);
    const { mcpServers } = JSON.parse(printed('claude-desktop', emulator)) as { mcpServers: Servers };
    const [yes, name, ...args] = mcpServers.test.args;
    expect([yes, name]).toEqual(['-y', 'mcp-remote']);
    const child = run('node', ['node_modules/mcp-remote/dist/proxy.js', ...args]);
    const listed = lineOf(child, /("Claims___query")/);
    child.stdin?.write(`${MESSAGES.map((message) => JSON.stringify(message)).join('\n')}\n`);
    const back = await signIn(await Promise.race([lineOf(child, /(http:\S+\/oauth2\/authorize\S+)/), listed]), 'rita');
    // It shows the address before it listens for the browser.
    await expect.poll(() => fetch(back).then(({ status }) => status), { timeout: 60_000 }).toBe(200);
    expect(await listed).toBe('"Claims___query"');
  }, 120_000);
});

/** What a client says to mcp-remote over stdio. */
const MESSAGES = [
  {
    jsonrpc: '2.0',
    id: 1,
    method: 'initialize',
    params: { protocolVersion: '2025-06-18', capabilities: {}, clientInfo: { name: 'test', version: '1' } },
  },
  { jsonrpc: '2.0', method: 'notifications/initialized' },
  { jsonrpc: '2.0', id: 2, method: 'tools/list' },
];
