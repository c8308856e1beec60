import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';

/** Synthesizes the example app as the CDK command would, in a folder of its own. No AWS credentials are in the environment. */
export function synthesize(
  appDirectory: string,
  outdir: string,
  context: { readonly [key: string]: string } = {},
): void {
  execFileSync(process.execPath, ['--import', 'tsx', 'bin/app.ts'], {
    cwd: appDirectory,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: process.env['PATH'],
      CDK_OUTDIR: outdir,
      CDK_CONTEXT_JSON: JSON.stringify(context),
      // Stack traces of metadata take time and name the machine; the built-in check of templates has its turn under cdk-nag.
      CDK_DISABLE_STACK_TRACE: '1',
      CDK_VALIDATION: 'false',
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
