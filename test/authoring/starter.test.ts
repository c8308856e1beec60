import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ProjectContent } from '../../lib/authoring/project/plan-project';
import { gatewayEndpoint, mcpSource, mcpTarget } from '../../lib/authoring/starter/mcp-starter';
import { riskTable } from '../../lib/authoring/starter/risk-table';
import { starterContent } from '../../lib/authoring/starter/starter-content';
import { starterPolicies } from '../../lib/authoring/starter/starter-policies';
import { targetNameOf } from '../../lib/authoring/starter/target-name';
import { askServer } from '../../lib/authoring/tools/mcp-server';
import { classesOfPinned, pinText, readPin, type ToolPin } from '../../lib/authoring/tools/pinned-tools';
import { PolicySource, testPolicies } from '../../lib/policy';
import { CommandLine } from '../cli/command-line';
import { expectCode } from './expect-code';
import { PUBLIC_SERVERS } from './public-servers';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'governed-gateway-starter-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Writes the policies and tests of a project, and runs the tests. */
async function tested(target: string, pin: ToolPin, content: ProjectContent) {
  for (const [path, text] of content.files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  const listed = classified(target, pin);
  const sources = [PolicySource.fromDirectory(join(folder, 'policies'))];
  const { report, coverage } = await testPolicies(sources, listed, {
    files: [join(folder, 'policies/tools.test.yaml')],
    coverage: true,
  });
  const failures = report.files.flatMap(({ cases }) => cases.filter(({ status }) => status === 'failed'));
  return { failures, passed: report.passed, percent: coverage?.percent };
}

/** The tools as a gateway lists them, in the classes of the pin. */
function classified(target: string, pin: ToolPin) {
  return pin.tools.map(({ name, description = '', inputSchema, ...tool }) => {
    const classes = classesOfPinned({ name, inputSchema, ...tool }, pin);
    return { name: `${target}___${name}`, description, inputSchema, classes };
  });
}

/** What `validate` says of the policies that were written. */
async function findings(target: string, pin: ToolPin): Promise<string> {
  writeFileSync(join(folder, 'tools.json'), JSON.stringify({ tools: classified(target, pin) }));
  const cli = new CommandLine();
  const { out, err } = await cli.run(['validate', '--policies', 'policies', '--tools', 'tools.json'], '', folder);
  cli.remove();
  return `${err}${out}`;
}

describe.each(Object.entries(PUBLIC_SERVERS))('a project from %s', (_, { origin, tools: some, classes = {} }) => {
  it('has a pin that reads as it was written, and policies whose tests pass and cover them', async () => {
    const { name, tools } = await askServer(origin, { cwd: folder, environment: {} });
    expect(tools.map((tool) => tool.name)).toEqual(expect.arrayContaining([...some]));
    const target = targetNameOf(name);
    const pin = { origin, trustAnnotations: true, classes, tools };
    const read = readPin('pin', pinText(pin));
    expect(read.tools).toHaveLength(tools.length);
    expect(pinText(read)).toBe(pinText(pin));
    const starter = mcpTarget(target, pin);
    const source = mcpSource(target, pin, gatewayEndpoint(target, origin, undefined));
    const { failures, passed, percent } = await tested(target, pin, starterContent(starter, source));
    expect(failures).toEqual([]);
    expect(passed).toBeGreaterThan(tools.length);
    expect(percent).toBe(100);
    expect(await findings(target, pin)).toMatch(/^policies: \d polic.*: no findings\n$/);
    const table = riskTable(starter);
    for (const tool of tools) expect(table).toContain(`${tool.name} `);

    // Nobody believes a server unasked: then no tool is harmless, but for those of which the team says so.
    const doubted = { ...pin, classes: {}, trustAnnotations: false };
    await expectCode(() => starterContent(mcpTarget(target, doubted), source), 'TOOLS_FOR_NOBODY');
    const said = { ...doubted, classes: { [some[0] ?? '']: ['read'] } };
    const policy = starterContent(mcpTarget(target, said), source).files.get('policies/read.cedar');
    expect(policy).toContain('action in AgentCore::Action::"class:read",');
  });
});

describe('starter policies', () => {
  it('are parted under the limit of a statement', () => {
    const tools = Array.from({ length: 300 }, (_, index) => toolOf(`tool_with_a_name_that_is_quite_long_${index}`, []));
    const files = starterPolicies('nobody', 'target', tools);
    expect([...files.keys()].slice(0, 2)).toEqual(['policies/nobody.cedar', 'policies/nobody-2.cedar']);
    for (const text of files.values()) expect(Buffer.byteLength(text)).toBeLessThan(10_000);
    const named = [...files.values()].join('').match(/tool_with\w+/g);
    expect(named).toEqual(tools.map(({ name }) => name));
  });

  it('are for classes, and for writing only where a forbid keeps out what destroys', () => {
    const target = (...classes: string[][]) => ({
      name: 'shop',
      tools: classes.map((own, index) => toolOf(`t${index}`, own)),
    });
    const source = { folder: 'mcp' as const, values: {}, files: new Map(), packages: [] };
    const texts = (...classes: string[][]) => starterContent(target(...classes), source).files;
    const all = texts(['read'], ['write'], ['write', 'destructive'], []);
    expect(all.get('policies/read.cedar')).toContain('action in AgentCore::Action::"class:read",');
    expect(all.get('policies/write.cedar')).toContain('action in AgentCore::Action::"class:write",');
    expect(all.get('policies/nobody.cedar')).toContain('action in AgentCore::Action::"class:destructive",');
    expect(all.get('policies/nobody-2.cedar')).toContain('action == AgentCore::Action::"shop___t3",');
    expect(texts(['write']).get('policies/write.cedar')).toContain('action == AgentCore::Action::"shop___t0",');
  });
});

function toolOf(name: string, classes: readonly string[]) {
  return { name, description: '', inputSchema: { type: 'object' }, classes };
}

describe('the endpoint of a server', () => {
  it.each([
    [{ url: 'https://mcp.example.org/mcp' }, undefined, 'https://mcp.example.org/mcp'],
    [{ url: 'http://localhost:3000/mcp' }, undefined, 'https://shop.example.com/mcp'],
    [{ command: ['npx', 'shop'] }, undefined, 'https://shop.example.com/mcp'],
    [{ command: ['npx', 'shop'] }, 'https://shop.example.org/', 'https://shop.example.org/'],
  ])('of %o, given %s, is %s', (origin, given, endpoint) => {
    expect(gatewayEndpoint('shop', origin, given)).toBe(endpoint);
  });
});

it.each([
  ['example-servers/everything', 'everything'],
  ['secure-filesystem-server', 'secure-filesystem'],
  ['mcp-server-chart', 'chart'],
  ['MCP Server', 'mcp-server'],
  ['Ünïcode', 'n-code'],
  ['', 'tools'],
  ['a name that is far too long to be one', 'a-name-that-is-far-t'],
])('a server that calls itself %j makes the target %s', (name, target) => {
  expect(targetNameOf(name)).toBe(target);
});
