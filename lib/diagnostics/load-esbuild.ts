import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type * as Esbuild from 'esbuild';
import { requirePackage } from './load-package';

/**
 * The bundler, which is loaded when something is bundled. It runs a binary of its own package in a worker, where nobody could catch that
 * the binary is missing, so that it is looked for before.
 *
 * @throws GovernanceError `PACKAGE_BROKEN`
 */
export function loadEsbuild(): typeof Esbuild {
  return requirePackage({ name: 'esbuild' }, () => {
    const main = require.resolve('esbuild');
    if (!isElsewhere(main)) createRequire(main).resolve(`${BINARY}/package.json`);
    return require(main) as typeof Esbuild;
  });
}

const BINARY = `@esbuild/${process.platform}-${process.arch}`;

/** Whether the binary comes from where a variable says, or from where the install script of esbuild put it. */
function isElsewhere(main: string): boolean {
  const downloaded = join(dirname(main), `downloaded-${BINARY.replace('/', '-')}-esbuild`);
  return process.env['ESBUILD_BINARY_PATH'] !== undefined || existsSync(downloaded);
}
