import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { packed } from '../consumer/packed';
import { ROOT } from '../house/source-files';
import { BUNDLED, MANAGERS, registry, run } from './consumer';
import type { Row } from './row';

const ROWS: readonly (readonly [Row['manager'], Row['modules']])[] = [
  ['npm', 'esm'],
  ['npm', 'commonjs'],
  ['pnpm', 'esm'],
  ['pnpm', 'commonjs'],
  ['yarn', 'esm'],
  ['yarn', 'commonjs'],
];

describe('a project that init starts', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'governed-gateway-init-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it.each(ROWS)('with %s, as %s, is green at once', async (manager, modules) => {
    const program = join(ROOT, 'dist/bin/governed-gateway.js');
    const options = ['--package-manager', manager, '--module', modules, '--library', packed().file, '--ci', 'none'];
    execFileSync(process.execPath, [program, 'init', 'my-tools', '--no-install', ...options], { cwd: folder });
    const project = join(folder, 'my-tools');
    if (manager === 'yarn') resolveBundled(join(project, 'package.json'));
    const environment = {
      PATH: `${programs(folder)}:${process.env['PATH'] ?? ''}`,
      YARN_NPM_REGISTRY_SERVER: registry(),
      YARN_ENABLE_IMMUTABLE_INSTALLS: '0',
    };
    await run(project, [manager, 'install'], environment);
    const exec = manager === 'pnpm' ? ['pnpm', 'exec'] : manager === 'yarn' ? ['yarn'] : ['npx', '--no-install'];
    await run(project, [...exec, 'tsc'], environment);
    await run(project, [...exec, 'cdk', 'synth', '--quiet', '--no-notices'], environment);
    const test = [...exec, 'governed-gateway', 'test', '--coverage', '--threshold', '100'];
    expect(await run(project, test, environment)).toMatch(/ passed, 0 failed\ncoverage: 100 %/);
  });
});

/** A folder with the package managers that are not npm, as users have them; here they come through npm. */
function programs(folder: string): string {
  const bin = join(folder, 'bin');
  mkdirSync(bin);
  for (const manager of ['pnpm', 'yarn'] as const) {
    const [program = '', ...args] = MANAGERS[manager].command;
    const words = [program, ...args.filter((arg) => !arg.startsWith('--config'))].join(' ');
    writeFileSync(join(bin, manager), `#!/bin/sh\nexec ${words} "$@"\n`, { mode: 0o755 });
  }
  return bin;
}

/** Of all managers, Yarn alone asks a registry for what aws-cdk-lib bundles. */
function resolveBundled(path: string): void {
  const manifest = JSON.parse(readFileSync(path, 'utf8')) as object;
  const resolutions = { '@aws/cloudformation-validate': `file:${packed(BUNDLED).file}` };
  writeFileSync(path, JSON.stringify({ ...manifest, resolutions }));
}
