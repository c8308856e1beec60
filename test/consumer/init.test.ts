import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PUBLIC_SERVERS } from '../authoring/public-servers';
import { governedGatewayLines } from '../docs/page';
import { read } from '../house/source-files';
import { ConsumerProject } from './consumer-project';

const VERSION: string = JSON.parse(read('package.json')).version;

const PROGRAMS = {
  cdk: 'aws-cdk/bin/cdk',
  tsc: 'typescript/bin/tsc',
  tsx: 'tsx/dist/cli.mjs',
  'governed-gateway': 'governed-gateway/dist/bin/governed-gateway.js',
};

/** Seconds of the processor that this process's children have used, with their own children. Other work on the machine does not count. */
function machineTime(): number {
  const fields = readFileSync('/proc/self/stat', 'utf8').split(') ')[1]?.split(' ') ?? [];
  // Fields 16 and 17 of the line, in hundredths of a second; the two before the bracket are gone.
  return (Number(fields[13]) + Number(fields[14])) / 100;
}

/** What is printed of a call, without what is new each time. */
function timeless(printed: string): string {
  return printed
    .replace(/\d+\.\d ms/g, 'N ms')
    .replace(/\d{4}-\d{2}-\d{2}T[\d:.]+Z/g, 'TIME')
    .replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, 'ID');
}

describe('a new user', () => {
  let home: ConsumerProject;
  let emulator: ChildProcess | undefined;
  beforeAll(() => {
    home = new ConsumerProject();
  });
  afterAll(() => {
    emulator?.kill();
    home.remove();
  });

  const env = (): NodeJS.ProcessEnv => ({ PATH: process.env['PATH'], HOME: home.directory, CDK_OUTDIR: 'cdk.out' });

  /** What a program of the new project prints, and how it ended. */
  function run(folder: string, program: string, ...args: string[]): Promise<{ code: number | null; printed: string }> {
    return new Promise((resolve) => {
      const child = spawn(program, args, { cwd: join(home.directory, folder), env: env() });
      let printed = '';
      for (const stream of [child.stdout, child.stderr]) {
        stream.setEncoding('utf8').on('data', (text: string) => {
          printed += text;
        });
      }
      child.on('close', (code) => resolve({ code, printed }));
    });
  }

  /** Starts the emulator and resolves to its address. */
  function emulate(folder: string): Promise<string> {
    return new Promise((resolve, reject) => {
      const args = ['node_modules/.bin/governed-gateway', 'emulate', '--port', '0'];
      emulator = spawn(process.execPath, args, { cwd: join(home.directory, folder), env: env() });
      let printed = '';
      const read = (text: string): void => {
        printed += text;
        const url = /MCP endpoint +(http:\/\/\S+)\/mcp\n/.exec(printed)?.[1];
        if (url !== undefined) resolve(url);
      };
      emulator.stdout?.setEncoding('utf8').on('data', read);
      emulator.stderr?.setEncoding('utf8').on('data', read);
      emulator.on('close', () => reject(new Error(printed)));
    });
  }

  it('has a project that is green at once, and sees the first explained denial in less than a minute of machine time', async () => {
    const before = machineTime();
    home.node('node_modules/governed-gateway/dist/bin/governed-gateway.js', 'init', 'my-tools', '--no-install');
    home.install('my-tools', PROGRAMS);
    const tests = await run('my-tools', 'npm', 'test');
    expect(tests, tests.printed).toMatchObject({ code: 0 });
    expect(tests.printed).toMatch(/offline: \d+ passed, 0 failed\ncoverage: 100 %/);
    expect(tests.printed).not.toMatch(/warning|acknowledge/i);

    const url = await emulate('my-tools');
    const [call = []] = governedGatewayLines(read('README.md')).filter(([name]) => name === 'call');
    const denied = await run('my-tools', 'node_modules/.bin/governed-gateway', ...call, '--url', url);
    expect(denied.code).toBe(2);
    // The first screen of the README shows what is really printed.
    const shown = /^\$ npx governed-gateway call .*\n([\s\S]*?)^```$/m.exec(read('README.md'))?.[1] ?? '';
    expect(timeless(denied.printed)).toBe(timeless(shown));
    const why = await run('my-tools', 'node_modules/.bin/governed-gateway', 'why', '--url', url);
    expect(why.printed).toContain('DENY');
    emulator?.kill();
    await new Promise((done) => emulator?.on('exit', done));
    expect(machineTime() - before).toBeLessThan(60);
  });

  it('has one of CommonJS modules, too', async () => {
    const args = ['init', 'plain-tools', '--no-install', '--module', 'commonjs', '--ci', 'gitlab'];
    home.node('node_modules/governed-gateway/dist/bin/governed-gateway.js', ...args);
    home.install('plain-tools', {});
    for (const program of ['tsc', 'tsx bin/app.ts']) {
      const [name = '', ...rest] = program.split(' ');
      const { code, printed } = await run('plain-tools', `node_modules/.bin/${name}`, ...rest);
      expect({ code, printed }).toEqual({ code: 0, printed: '' });
    }
    expect(home.read('plain-tools/.gitlab-ci.yml')).toContain('npm ci');
  });

  it('has one of the tools of a server, too, which synthesizes without a warning', async () => {
    home.link('@modelcontextprotocol/client');
    const { origin } = PUBLIC_SERVERS['@modelcontextprotocol/server-filesystem'] as {
      origin: { command: readonly string[] };
    };
    const from = ['--from-mcp-command', origin.command.map((word) => `'${word}'`).join(' '), '--trust-annotations'];
    home.node('node_modules/governed-gateway/dist/bin/governed-gateway.js', 'init', 'files', '--no-install', ...from);
    home.install('files', {});
    for (const program of ['tsc', 'tsx bin/app.ts']) {
      const [name = '', ...rest] = program.split(' ');
      const { code, printed } = await run('files', `node_modules/.bin/${name}`, ...rest);
      expect({ code, printed }).toEqual({ code: 0, printed: '' });
    }
    const tests = await run('files', 'node_modules/.bin/governed-gateway', 'test');
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
