import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import type { ConsumerProject } from './consumer-project';

const PROGRAMS = {
  cdk: 'aws-cdk/bin/cdk',
  tsc: 'typescript/bin/tsc',
  tsx: 'tsx/dist/cli.mjs',
  'governed-gateway': 'governed-gateway/dist/bin/governed-gateway.js',
};
const COMMAND = 'node_modules/.bin/governed-gateway';

/** What a program printed on both streams, and how it ended. */
export interface Ended {
  readonly code: number | null;
  readonly printed: string;
}

/** A project that `governed-gateway init` writes into a consumer's folder, with its packages, and its emulator. */
export class NewProject {
  private emulator: ChildProcess | undefined;
  private log = '';

  constructor(
    private readonly home: ConsumerProject,
    readonly folder: string,
    options: readonly string[] = [],
    private readonly environment = home.environment,
  ) {
    home.node('node_modules/governed-gateway/dist/bin/governed-gateway.js', 'init', folder, '--no-install', ...options);
    home.install(folder, PROGRAMS);
  }

  /** Runs a program in the project. */
  run(program: string, ...args: string[]): Promise<Ended> {
    return new Promise((resolve) => {
      const child = this.start(program, args);
      let printed = '';
      listen(child, (text) => {
        printed += text;
      });
      child.on('close', (code) => resolve({ code, printed }));
    });
  }

  /** Runs `npx governed-gateway` in the project. */
  command(...args: string[]): Promise<Ended> {
    return this.run(COMMAND, ...args);
  }

  /** Starts the emulator in the place of one that runs, and resolves to its address. */
  async emulate(...args: string[]): Promise<string> {
    await this.stop();
    this.log = '';
    this.emulator = this.start(process.execPath, [COMMAND, 'emulate', '--port', '0', ...args]);
    listen(this.emulator, (text) => {
      this.log += text;
    });
    return this.logged(/MCP endpoint +(http:\/\/\S+)\/mcp\n/);
  }

  /** Resolves to the first group of what the emulator prints, or has printed. */
  logged(pattern: RegExp): Promise<string> {
    return new Promise((resolve, reject) => {
      const { emulator } = this;
      const look = (): void => {
        const found = pattern.exec(this.log);
        if (found === null) return;
        settle();
        resolve(found[1] ?? found[0]);
      };
      const fail = (): void => {
        settle();
        reject(new Error(this.log));
      };
      const settle = (): void => {
        for (const stream of [emulator?.stdout, emulator?.stderr]) stream?.off('data', look);
        emulator?.off('close', fail);
      };
      for (const stream of [emulator?.stdout, emulator?.stderr]) stream?.on('data', look);
      emulator?.on('close', fail);
      look();
    });
  }

  /** Ends the emulator, and waits until it is gone. */
  async stop(): Promise<void> {
    const { emulator } = this;
    if (emulator === undefined) return;
    this.emulator = undefined;
    const gone = new Promise((done) => emulator.on('exit', done));
    emulator.kill();
    await gone;
  }

  private start(program: string, args: readonly string[]): ChildProcess {
    const env = { ...this.environment, CDK_OUTDIR: 'cdk.out' };
    return spawn(program, args, { cwd: join(this.home.directory, this.folder), env });
  }
}

function listen(child: ChildProcess, heard: (text: string) => void): void {
  for (const stream of [child.stdout, child.stderr]) stream?.setEncoding('utf8').on('data', heard);
}

/** What is printed of a call, without what is new each time. */
export function timeless(printed: string): string {
  return printed
    .replace(/\d+\.\d ms/g, 'N ms')
    .replace(/\d{4}-\d{2}-\d{2}T[\d:.]+Z/g, 'TIME')
    .replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, 'ID');
}
