import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { GatewayManifest } from '../../lib/contract/manifest';
import { startEmulator } from '../../lib/emulator';
import {
  EnforcementMode,
  GovernedGateway,
  Identity,
  Interceptor,
  PolicySource,
  ToolList,
  Tools,
} from '../../lib/index';
import { testGateway } from '../../lib/policy';
import { CommandLine } from './command-line';

const KIT = join(process.cwd(), 'lambda');
const FILES: { readonly [file: string]: string } = {
  'policies/read.cedar':
    '@id("read")\n@validation("IGNORE_ALL_FINDINGS")\npermit (principal is AgentCore::OAuthUser, action == AgentCore::Action::"Files___read", resource == ?resource);\n',
  'policies/read.test.yaml':
    'personas:\n  ann: { username: ann }\ntests:\n  - { name: reads, as: ann, call: Files___read, expect: ALLOW }\n',
  'files.ts': `import { defineTool, toolHandler } from '${KIT}/tool-kit';
import { z } from '${process.cwd()}/node_modules/zod';
import { text } from './text';
const read = defineTool({ name: 'read', description: 'Reads', input: z.object({}), handler: () => text });
export const handler = toolHandler(read);
`,
  'text.ts': `export const text = 'a';\n`,
  'chain.ts': `import { requestInterceptor } from '${KIT}/interceptor-kit';\nexport const handler = requestInterceptor();\n`,
  'tools.json': JSON.stringify([
    { name: 'list', description: 'Lists', inputSchema: { type: 'object', properties: {} } },
  ]),
  'openapi.json': JSON.stringify({
    openapi: '3.0.3',
    info: { title: 'Cases', version: '1' },
    servers: [{ url: 'https://api.example.com' }],
    paths: {
      '/cases': { get: { operationId: 'listCases', responses: { '200': { description: 'Cases' } } } },
    },
  }),
  'rows.csv': 'id\n1\n',
};
const folder = new CommandLine(FILES);
afterAll(() => folder.remove());
const at = (file: string): string => join(folder.cwd, file);
const assembly = at('cdk.out');

beforeAll(() => {
  const stack = new Stack(new App({ outdir: assembly }), 'Files');
  new GovernedGateway(stack, 'Gateway', {
    mode: EnforcementMode.ENFORCE,
    identity: Identity.cognito({ groups: ['readers'] }),
    policies: [PolicySource.fromDirectory(at('policies'))],
    requestInterceptor: Interceptor.fromTypeScript(at('chain.ts')),
    targets: {
      Files: Tools.fromTypeScript(at('files.ts')),
      Cases: Tools.fromOpenApi(at('openapi.json')),
      Lists: Tools.fromMcpServer('https://mcp.example.com/mcp', { tools: ToolList.fromFile(at('tools.json')) }),
    },
    local: {
      sql: { database: 'files', tables: [{ name: 'rows', file: at('rows.csv'), columns: { id: 'int' } }], roles: [] },
    },
  });
  App.of(stack)?.synth();
});

/** Every command that reads an assembly, with arguments with which it succeeds. */
const COMMANDS: readonly (readonly string[])[] = [
  ['validate'],
  ['test'],
  ['matrix'],
  ['schema'],
  ['authorize', '--claims', '{"sub":"ann"}', '--tool', 'Files___read'],
];
const run = (args: readonly string[]) => folder.run([...args, '--app', assembly], '', process.cwd());

beforeEach(() => {
  for (const [file, text] of Object.entries(FILES)) folder.write(file, text);
});

describe('a command that reads an assembly', () => {
  it('names in the manifest every file that synthesis read, and no other', () => {
    const text = readFileSync(join(assembly, 'Files.Gateway.gateway.json'), 'utf8');
    const { sources } = JSON.parse(text) as GatewayManifest;
    const own = sources.map(({ file }) => relative(folder.cwd, file)).filter((file) => !file.startsWith('..'));
    expect(own.sort()).toEqual(
      Object.keys(FILES)
        .filter((file) => !file.endsWith('.test.yaml'))
        .sort(),
    );
  });

  it.each(COMMANDS)('%s answers from the assembly while nothing was changed', async (...args) => {
    const { code, err } = await run(args);
    expect(code).toBe(0);
    expect(err).not.toContain('synth');
  });

  const others = Object.keys(FILES).filter((file) => !/\.(cedar|yaml)$/.test(file));
  it.each(others)('stops when %s was changed, and names it', async (file) => {
    folder.write(file, `${FILES[file]}\n`);
    for (const args of COMMANDS) {
      const { code, out, err } = await run(args);
      expect([code, out]).toEqual([1, '']);
      expect(err).toContain('MANIFEST_STALE');
      expect(err).toContain(file);
    }
    await expect(testGateway(assembly)).rejects.toThrow('MANIFEST_STALE');
    await expect(startEmulator({ assembly, port: 0 })).rejects.toThrow('MANIFEST_STALE');
    const frozen = await run(['test', '--frozen']);
    expect(frozen).toMatchObject({ code: 0, err: expect.stringContaining('--frozen') });
    expect((await testGateway(assembly, undefined, { frozen: true })).report.passed).toBe(1);
  });

  it('reads a changed policy from its file, says so, and finds what is wrong with it', async () => {
    folder.write('policies/read.cedar', 'this is not cedar');
    for (const args of COMMANDS) {
      expect(await run(args)).toMatchObject({ code: 3, err: expect.stringContaining('POLICY_SYNTAX') });
      expect(await run([...args, '--frozen'])).toMatchObject({ code: 0 });
    }
    folder.write('policies/read.cedar', `forbid (principal, action, resource == ?resource);\n`);
    expect(await run(['test'])).toMatchObject({ code: 2, err: expect.stringContaining('policies/read.cedar') });
    expect((await testGateway(assembly)).report.failed).toBe(1);
  });

  it('sees policies and tests that are new, and those that are gone', async () => {
    folder.write('policies/none.cedar', `forbid (principal, action, resource == ?resource);\n`);
    folder.write('policies/none.test.yaml', FILES['policies/read.test.yaml'] ?? '');
    const { code, out, err } = await run(['test']);
    expect(code).toBe(2);
    expect(out).toContain('none.test.yaml');
    expect(err).toContain('none.cedar');
    folder.delete('policies/none.cedar');
    folder.delete('policies/none.test.yaml');
    folder.delete('policies/read.cedar');
    expect(await run(['test'])).toMatchObject({ code: 3, err: expect.stringContaining('POLICY_SOURCE_EMPTY') });
  });

  it('is watched with what it was made from', async () => {
    const watch = folder.start(['test', '--watch', '--app', assembly], '', process.cwd());
    await expect.poll(() => watch.written.err).toContain('Ctrl-C ends it');
    folder.write('policies/read.cedar', `forbid (principal, action, resource == ?resource);\n`);
    await expect.poll(() => watch.written.out).toContain('0 passed, 1 failed');
    folder.write('text.ts', `export const text = 'b';\n`);
    await expect.poll(() => watch.written.err).toContain('MANIFEST_STALE');
    watch.interrupt();
    expect(await watch.code).toBe(0);
  });

  it('starts the emulator with the policies of now', async () => {
    folder.write('policies/read.cedar', `forbid (principal, action, resource == ?resource);\n`);
    const said: string[] = [];
    const emulator = await startEmulator({ assembly, port: 0, print: (line) => said.push(line) });
    await emulator.stop();
    expect(emulator.manifest().policies.find(({ id }) => id === 'read')).toMatchObject({ effect: 'forbid' });
    expect(said.join('\n')).toContain('changed since synth: ');
  });

  it('asks for the app, or for --frozen, where an assembly lies alone', async () => {
    const whole = JSON.parse(readFileSync(join(assembly, 'Files.Gateway.gateway.json'), 'utf8')) as GatewayManifest;
    const gone = { ...whole, sources: whole.sources.map((one) => ({ ...one, file: `gone/${one.sha256}` })), tests: [] };
    const alone = new CommandLine({ 'x.gateway.json': JSON.stringify(gone) });
    const args = ['validate', '--app', 'x.gateway.json'];
    expect(await alone.run(args)).toMatchObject({ code: 1, err: expect.stringContaining('MANIFEST_SOURCES_MISSING') });
    expect(await alone.run([...args, '--frozen'])).toMatchObject({ code: 0 });
    alone.remove();
  });
});
