import { execFileSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { ROOT, read } from '../house/source-files';
import { packed } from './packed';

const COMPILE_ONCE = join(__dirname, 'compile-once.cjs');

interface PackageFile {
  readonly dependencies: { readonly [name: string]: string };
  readonly peerDependencies: { readonly [name: string]: string };
  readonly peerDependenciesMeta: { readonly [name: string]: { readonly optional: true } };
}

/** Packages that every consumer installs: dependencies, and peers that are not optional. */
export function consumerDependencies(): string[] {
  const pack = JSON.parse(read('package.json')) as PackageFile;
  const peers = Object.keys(pack.peerDependencies).filter((name) => !(name in pack.peerDependenciesMeta));
  return [...Object.keys(pack.dependencies), ...peers];
}

/** Code blocks of the README that name a file, by that name. */
export function readmeProgram(): Map<string, string> {
  const blocks = [...read('README.md').matchAll(/^```\w+ (\S+)\n([\s\S]*?)^```$/gm)];
  return new Map(blocks.map((match) => [match[1] as string, match[2] as string]));
}

/**
 * A project of somebody who installed the package: the packed files and nothing else of the checkout, with the dependencies that the
 * package declares, the peers that every app needs, and what an app brings anyway. Optional peers are not there.
 */
export class ConsumerProject {
  readonly directory = mkdtempSync(join(tmpdir(), 'governed-gateway-consumer-'));

  constructor() {
    const installed = join(this.directory, 'node_modules', 'governed-gateway');
    for (const { path } of packed().files) {
      mkdirSync(dirname(join(installed, path)), { recursive: true });
      linkOrCopy(join(ROOT, path), join(installed, path));
    }
    for (const name of [...consumerDependencies(), 'tsx', 'typescript', '@types/node', 'aws-cdk']) this.link(name);
    this.write('package.json', '{ "name": "consumer", "private": true }');
    this.write('package-lock.json', '{ "lockfileVersion": 3, "packages": {} }');
  }

  write(path: string, text: string): void {
    mkdirSync(dirname(join(this.directory, path)), { recursive: true });
    writeFileSync(join(this.directory, path), text);
  }

  read(path: string): string {
    return readFileSync(join(this.directory, path), 'utf8');
  }

  list(path: string): string[] {
    return readdirSync(join(this.directory, path)).sort();
  }

  /** Gives a folder of the project its packages and their programs, as an install would. */
  install(folder: string, programs: { readonly [name: string]: string }): void {
    const modules = join(this.directory, 'node_modules');
    mkdirSync(join(modules, '.bin'), { recursive: true });
    for (const [name, file] of Object.entries(programs)) {
      const link = join(modules, '.bin', name);
      if (!existsSync(link)) symlinkSync(relative(join(modules, '.bin'), join(modules, file)), link);
    }
    symlinkSync(modules, join(this.directory, folder, 'node_modules'), 'dir');
  }

  /** Runs this Node.js in the project and returns what it printed. Throws when it fails, with both streams. */
  node(...args: string[]): string {
    return this.run(process.execPath, args);
  }

  /** Runs a program in the project, with nothing of this process's environment but its path. */
  run(program: string, args: readonly string[]): string {
    return execFileSync(program, args, {
      cwd: this.directory,
      encoding: 'utf8',
      env: this.environment,
      timeout: 120_000,
    });
  }

  /** What a program of the project that must fail prints on stderr. */
  failure(...args: string[]): string {
    try {
      this.node(...args);
    } catch (error) {
      return (error as { stderr: string }).stderr;
    }
    throw new Error(`did not fail: ${args.join(' ')}`);
  }

  /** Takes a package away. */
  unlink(name: string): void {
    rmSync(join(this.directory, 'node_modules', name));
  }

  remove(): void {
    rmSync(this.directory, { recursive: true, force: true });
  }

  /** Gives the project a package of the checkout. */
  link(name: string): void {
    const target = join(this.directory, 'node_modules', name);
    mkdirSync(dirname(target), { recursive: true });
    symlinkSync(join(ROOT, 'node_modules', name), target, 'dir');
  }

  /**
   * What its programs see: no AWS credentials, no network settings. V8 compiles Cedar's WebAssembly once, and CDK does not check templates by
   * rules of its own, which takes longer than all else of a synth and is nobody's subject but where `NewProject` is.
   */
  get environment(): { readonly [variable: string]: string } {
    return { ...this.plainEnvironment, CDK_VALIDATION: 'false', NODE_OPTIONS: `--require="${COMPILE_ONCE}"` };
  }

  /** What programs see of people who have set nothing. */
  get plainEnvironment(): { readonly [variable: string]: string } {
    return { PATH: process.env['PATH'] ?? '', HOME: this.directory, CDK_OUTDIR: join(this.directory, 'cdk.out') };
  }
}

/** Files of one disk have one content here too: 2,600 of them are copied for every project otherwise. */
function linkOrCopy(from: string, to: string): void {
  try {
    linkSync(from, to);
  } catch {
    cpSync(from, to);
  }
}
