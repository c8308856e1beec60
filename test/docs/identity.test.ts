import { createRequire } from 'node:module';
import { join } from 'node:path';
import { compileFunction } from 'node:vm';
import { buildSync } from 'esbuild';
import { afterAll, describe, expect, it } from 'vitest';
import type { Identity } from '../../lib/constructs/identity/identity';
import { bind } from '../constructs/identity/bind';
import { ROOT } from '../house/source-files';
import { programsOf } from './page';
import { ProgramFolder, SOURCES } from './program-folder';

const programs = programsOf('identity.md');
const folder = new ProgramFolder(programs);
afterAll(() => folder.remove());

describe('the programs of docs/identity.md', () => {
  it.each(programs)('make an identity that a gateway can use: %s', (name) => {
    const { outputFiles } = buildSync({
      entryPoints: [folder.path(name)],
      bundle: true,
      write: false,
      format: 'cjs',
      platform: 'node',
      packages: 'external',
      alias: { ...SOURCES },
    });
    const module = { exports: {} as { identity?: Identity } };
    const run = compileFunction(outputFiles[0]?.text ?? '', ['require', 'module', 'exports', '__dirname']);
    run(createRequire(join(ROOT, 'package.json')), module, module.exports, join(ROOT, 'lib/constructs'));
    const { identity } = module.exports;
    if (identity === undefined) throw new Error(`${name} exports no identity`);
    expect(bind(identity).bound.authorization).toBe('jwt');
  });
});
