import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { PUBLIC_SERVERS } from '../authoring/public-servers';
import { governedGatewayLines } from '../docs/page';
import { read } from '../house/source-files';
import { ConsumerProject } from './consumer-project';
import { NewProject, timeless } from './new-project';

const VERSION: string = JSON.parse(read('package.json')).version;

/** Seconds of the processor that this process's children have used, with their own children. Other work on the machine does not count. */
function machineTime(): number {
  const fields = readFileSync('/proc/self/stat', 'utf8').split(') ')[1]?.split(' ') ?? [];
  // Fields 16 and 17 of the line, in hundredths of a second; the two before the bracket are gone.
  return (Number(fields[13]) + Number(fields[14])) / 100;
}

describe('a new user', () => {
  let home: ConsumerProject;
  beforeAll(() => {
    home = new ConsumerProject();
  });
  afterAll(() => home.remove());

  it('has a project that is green at once, and sees the first explained denial in less than a minute of machine time', async () => {
    const before = machineTime();
    const project = new NewProject(home, 'my-tools', [], home.plainEnvironment);
    onTestFinished(() => project.stop());
    const tests = await project.run('npm', 'test');
    expect(tests, tests.printed).toMatchObject({ code: 0 });
    expect(tests.printed).toMatch(/offline: \d+ passed, 0 failed\ncoverage: 100 %/);
    expect(tests.printed).not.toMatch(/warning|acknowledge/i);

    const url = await project.emulate();
    await project.logged(/people: id \w+, no secret, callback \S+ or \d more \(--clients\)\n/);
    const [call = []] = governedGatewayLines(read('README.md')).filter(([name]) => name === 'call');
    const denied = await project.command(...call, '--url', url);
    expect(denied.code).toBe(2);
    // The first screen of the README shows what is really printed.
    const shown = /^\$ npx governed-gateway call .*\n([\s\S]*?)^```$/m.exec(read('README.md'))?.[1] ?? '';
    expect(timeless(denied.printed)).toBe(timeless(shown));
    // So does docs/start.md: one call is allowed, one is refused, and `why` tells it.
    const lines = governedGatewayLines(read('docs/start.md')).filter(([name = '']) => ['call', 'why'].includes(name));
    const said = [];
    for (const line of lines) said.push(await project.command(...line, '--url', url));
    expect(said.map(({ code }) => code)).toEqual([0, 2, 0]);
    expect(said[2]?.printed).toMatch(/^ann notes___delete_note[\s\S]*DENY/);
    await project.stop();
    expect(machineTime() - before).toBeLessThan(60);
  });

  it('has one of CommonJS modules, and one of the tools of a server, too, which compile and synthesize without a warning', async () => {
    home.link('@modelcontextprotocol/client');
    const { origin } = PUBLIC_SERVERS['@modelcontextprotocol/server-filesystem'] as {
      origin: { command: readonly string[] };
    };
    const from = ['--from-mcp-command', origin.command.map((word) => `'${word}'`).join(' '), '--trust-annotations'];
    const plain = new NewProject(home, 'plain-tools', ['--module', 'commonjs', '--ci', 'gitlab']);
    const files = new NewProject(home, 'files', from);
    expect(home.read('plain-tools/.gitlab-ci.yml')).toContain('npm ci');
    // Of what a file is a module, its own project says.
    expect(home.read('files/tsconfig.json')).toBe(home.read('plain-tools/tsconfig.json'));
    const both = { extends: './files/tsconfig.json', include: ['files', 'plain-tools'], exclude: ['**/node_modules'] };
    home.write('tsconfig.json', JSON.stringify(both));
    expect(home.node('node_modules/typescript/bin/tsc')).toBe('');
    for (const project of [plain, files]) {
      const { code, printed } = await project.run('node_modules/.bin/tsx', 'bin/app.ts');
      expect({ code, printed }).toEqual({ code: 0, printed: '' });
    }
    const tests = await files.command('test');
    expect(tests, tests.printed).toMatchObject({ code: 0, printed: expect.stringMatching(/ passed, 0 failed/) });
  });

  it('starts one by `npm create`, too', () => {
    const starter = 'node_modules/create-governed-gateway';
    for (const file of ['package.json', 'index.js'])
      home.write(`${starter}/${file}`, read(`create-governed-gateway/${file}`));
    const { dependencies, version, bin } = JSON.parse(home.read(`${starter}/package.json`));
    expect({ version, ...dependencies }).toEqual({ version: VERSION, 'governed-gateway': VERSION });
    const printed = home.node(`${starter}/${bin['create-governed-gateway']}`, 'created', '--no-install');
    expect(printed).toContain('written  lib/gateway-stack.ts');
  });
});
