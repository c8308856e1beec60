import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';

/**
 * Synthesizes the example app by the CDK command, which adds context of its own and checks the templates, in a folder of its own. No AWS
 * credentials are in the environment.
 */
export function synthesize(appDirectory: string, outdir: string, ...more: string[]): void {
  const options = ['--quiet', '--no-notices', '--no-version-reporting', '--output', outdir, ...more];
  execFileSync(process.execPath, ['node_modules/aws-cdk/bin/cdk', 'synth', ...options], {
    cwd: appDirectory,
    stdio: ['ignore', 'pipe', 'pipe'],
    // Stack traces of metadata take time and name the machine.
    env: {
      PATH: process.env['PATH'],
      HOME: process.env['HOME'],
      CI: 'true',
      CDK_DISABLE_STACK_TRACE: '1',
    },
  });
}

/** Files below a folder by relative path, sorted. */
function filesBelow(folder: string): string[] {
  const walk = (path: string): string[] =>
    readdirSync(path).flatMap((name) => {
      const inner = join(path, name);
      return statSync(inner).isDirectory() ? walk(inner) : [relative(folder, inner)];
    });
  return walk(folder).sort();
}

/** Contents by relative path of the files that match. */
export function contentsOf(folder: string, pattern: RegExp): Map<string, string> {
  const paths = filesBelow(folder).filter((path) => pattern.test(path));
  return new Map(paths.map((path) => [path, readFileSync(join(folder, path), 'utf8')]));
}
