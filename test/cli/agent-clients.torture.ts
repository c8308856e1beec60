import { execFile, execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accessOf } from '../../lib/cli/agent-clients/access-of';
import { FRAMEWORK_CLIENTS } from '../../lib/cli/agent-clients/framework-clients';
import type { Emulator } from '../../lib/emulator';
import { claimsApp, FixtureApp, policy } from '../emulator/fixture';

/** What the frameworks are installed as. */
const PACKAGES = [
  '@ai-sdk/mcp@2.0.99',
  '@langchain/core@1.4.0',
  '@langchain/mcp-adapters@1.1.4',
  '@modelcontextprotocol/sdk@1.32.2',
  '@strands-agents/sdk@1.16.0',
  'zod@4.6.7',
];

/** Calls the listed tool in the way of each framework's agents, and prints what the model, or the agent's code, would get. */
const CALLS: { readonly [name: string]: string } = {
  langchain: `const call = (args) => tools[0].invoke(args).catch((error) => error.name + ': ' + error.message);
const names = tools.map((tool) => tool.name);`,
  'ai-sdk': `const names = Object.keys(tools);
const options = { toolCallId: '1', messages: [] };
const call = (args) => tools[names[0]].execute(args, options).catch((error) => error.name + ': ' + error.message);`,
  strands: `const names = tools.map((tool) => tool.name);
const call = async (input) => {
  const events = tools[0].stream({ toolUse: { toolUseId: '1', name: names[0], input } });
  return (await events.next()).value;
};`,
};

const READ_OWN = `permit(principal is AgentCore::OAuthUser, action == AgentCore::Action::"Claims___query", resource == ?resource)
when { context.input has id && context.input.id == "mine" };`;

const folder = process.env['AGENT_CLIENTS'] ?? mkdtempSync(join(tmpdir(), 'governed-gateway-clients-'));
const app = new FixtureApp();
let emulator: Emulator;

beforeAll(async () => {
  emulator = await app.start({ ...claimsApp(app), policies: [policy('own', READ_OWN)] });
  if (process.env['AGENT_CLIENTS'] !== undefined) return;
  writeFileSync(join(folder, 'package.json'), '{ "private": true }');
  const args = ['install', '--no-audit', '--no-fund', '--ignore-scripts', ...PACKAGES];
  execFileSync('npm', args, { cwd: folder, stdio: 'ignore' });
}, 900_000);

afterAll(async () => {
  await emulator.stop();
  app.remove();
  if (process.env['AGENT_CLIENTS'] === undefined) rmSync(folder, { recursive: true, force: true });
});

/** What a framework got, with its configuration as `emulate --clients` prints it. */
async function run(name: string): Promise<{ names: string[]; allowed: unknown; denied: unknown }> {
  const access = accessOf(emulator);
  const text = FRAMEWORK_CLIENTS.find((client) => client.name === name)?.token?.({ ...access, caller: 'rita' });
  const ending = `console.log(JSON.stringify({ names, allowed: await call({ id: 'mine' }), denied: await call({ id: 'yours' }) }));
process.exit(0);`;
  writeFileSync(join(folder, `${name}.mjs`), [text, CALLS[name], ending].join('\n'));
  const { stdout } = await promisify(execFile)('node', [`${name}.mjs`], { cwd: folder, timeout: 120_000 });
  return JSON.parse(stdout);
}

describe('a framework with the printed configuration', () => {
  it('lists, calls and is denied: LangChain, whose tool throws', async () => {
    const { names, allowed, denied } = await run('langchain');
    expect([names, JSON.stringify(allowed)]).toEqual([['Claims___query'], expect.stringContaining('mine')]);
    expect(denied).toMatch(/^ToolException: .*-32002: Tool Execution Denied: /);
  });

  it('lists, calls and is denied: the AI SDK, whose tool throws', async () => {
    const { names, allowed, denied } = await run('ai-sdk');
    expect([names, JSON.stringify(allowed)]).toEqual([['Claims___query'], expect.stringContaining('mine')]);
    expect(denied).toMatch(/^MCPClientError: Tool Execution Denied: /);
  });

  it('lists, calls and is denied: Strands Agents, whose tool tells the model', async () => {
    const { names, allowed, denied } = await run('strands');
    expect([names, JSON.stringify(allowed)]).toEqual([['Claims___query'], expect.stringContaining('mine')]);
    const { toolResult } = denied as { toolResult: { status: string; content: unknown } };
    expect(toolResult.status).toBe('error');
    expect(JSON.stringify(toolResult.content)).toContain('Tool Execution Denied: ');
  });
});
