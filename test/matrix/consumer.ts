import { execFile, execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { packed } from '../consumer/packed';
import { ROOT } from '../house/source-files';
import { programOf } from './program';
import type { Row } from './row';
import { packageOf, rootOf, type Sources, settingsOf } from './settings';

/** Commands of a package manager, each as a program and its arguments. Managers other than npm come through npm. */
export const MANAGERS: {
  readonly [manager in Row['manager']]: { readonly command: readonly string[]; readonly exec: readonly string[] };
} = {
  npm: { command: ['npm', '--no-audit', '--no-fund', '--prefer-offline'], exec: ['npx', '--no-install'] },
  pnpm: {
    command: ['npx', '--yes', 'pnpm@10', '--config.confirm-modules-purge=false'],
    exec: ['npx', '--yes', 'pnpm@10', 'exec'],
  },
  yarn: { command: ['npx', '--yes', '@yarnpkg/cli-dist@4'], exec: ['npx', '--yes', '@yarnpkg/cli-dist@4', 'run'] },
};

const COMPILE_ONCE = `--require="${join(__dirname, '../consumer/compile-once.cjs')}"`;

/** The one package that aws-cdk-lib bundles in a version of its own. */
export const BUNDLED = 'node_modules/aws-cdk-lib/node_modules/@aws/cloudformation-validate';

/** A project on disk, with its packages installed from the registry. */
export class Consumer {
  private readonly folder = mkdtempSync(join(tmpdir(), 'governed-gateway-matrix-'));
  private readonly root: string;
  /** Folder of the app. */
  readonly directory: string;

  constructor(private readonly row: Row) {
    this.root = join(this.folder, row.folder);
    this.directory = row.shape === 'monorepo' ? join(this.root, 'packages/infra') : this.root;
    const sources: Sources = {
      registry: registry(),
      library: packed().file,
      bundled: row.manager === 'yarn' ? packed(BUNDLED).file : '',
    };
    writeAll(this.root, rootOf(row, sources));
    writeAll(this.directory, { ...settingsOf(row), ...programOf(row) });
    writeAll(this.directory, { 'package.json': JSON.stringify(packageOf(row, sources)) });
  }

  async install(): Promise<void> {
    await run(this.root, [...MANAGERS[this.row.manager].command, 'install']);
  }

  /** Runs a program of an installed package in the app's folder and resolves to what it printed. Rejects when it fails, with both streams. */
  exec(...args: string[]): Promise<string> {
    return run(this.directory, [...MANAGERS[this.row.manager].exec, ...args]);
  }

  /** Runs the project's own tests. Jest loads ECMAScript modules by a switch of Node.js only. */
  test(): Promise<string> {
    const { manager, tests } = this.row;
    const program = tests === 'jest' ? ['jest'] : ['vitest', 'run'];
    const environment = tests === 'jest' ? { NODE_OPTIONS: `${COMPILE_ONCE} --experimental-vm-modules` } : {};
    return run(this.directory, [...MANAGERS[manager].exec, ...program], environment);
  }

  read(path: string): string {
    return readFileSync(join(this.directory, path), 'utf8');
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

function writeAll(folder: string, files: { readonly [path: string]: string }): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

let known: string | undefined;

export function registry(): string {
  known ??= execFileSync('npm', ['config', 'get', 'registry'], { cwd: ROOT, encoding: 'utf8' }).trim();
  return known;
}

/** Nothing of the test runner's own environment: what it says to Node.js is not for others. */
function ownEnvironment(): NodeJS.ProcessEnv {
  const { NODE_OPTIONS: _, NODE_ENV: __, ...rest } = process.env;
  const own = Object.entries(rest).filter(([name]) => !/^(?:VITEST|npm_)/.test(name));
  return {
    ...Object.fromEntries(own),
    npm_config_registry: registry(),
    CI: '1',
    NODE_OPTIONS: COMPILE_ONCE,
    // That templates are right is shown elsewhere (test/applications).
    CDK_VALIDATION: 'false',
    CDK_DISABLE_CLI_TELEMETRY: 'true',
    TS_JEST_DISABLE_VER_CHECKER: 'true',
  };
}

export function run(
  cwd: string,
  [program = '', ...args]: readonly string[],
  environment: NodeJS.ProcessEnv = {},
): Promise<string> {
  return new Promise((resolve, reject) => {
    const options = { cwd, env: { ...ownEnvironment(), ...environment }, maxBuffer: 64 * 2 ** 20, timeout: 600_000 };
    execFile(program, args, options, (error, stdout, stderr) => {
      const printed = `${stdout}\n${stderr}`;
      if (error === null) resolve(printed);
      else reject(new Error(`${program} ${args.join(' ')}: ${printed.slice(-6_000)}`));
    });
  });
}
