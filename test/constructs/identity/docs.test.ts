import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { compileFunction } from 'node:vm';
import { buildSync } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Identity } from '../../../lib/constructs/identity/identity';
import { ROOT, read } from '../../house/source-files';
import { bind } from './bind';

const alias = join(ROOT, 'test/constructs/identity/public-names.ts');
const blocks = [...read('docs/identity.md').matchAll(/^```ts (\S+)\n([\s\S]*?)^```$/gm)].map(
  (match): [string, string] => [match[1] ?? '', match[2] ?? ''],
);

describe('the programs of docs/identity.md', () => {
  // Inside the checkout, so that aws-cdk-lib resolves.
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(__dirname, '.docs-'));
    for (const [name, text] of blocks) writeFileSync(join(folder, name), text);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('compile', () => {
    const compilerOptions = { noEmit: true, paths: { 'governed-gateway': [alias] }, rootDir: ROOT };
    const files = blocks.map(([name]) => name);
    writeFileSync(
      join(folder, 'tsconfig.json'),
      JSON.stringify({ extends: join(ROOT, 'tsconfig.json'), compilerOptions, files, include: [] }),
    );
    const tsc = join(ROOT, 'node_modules/typescript/bin/tsc');
    const { stdout } = spawnSync(process.execPath, [tsc, '-p', folder], { encoding: 'utf8' });
    expect(stdout).toBe('');
  });

  it.each(blocks)('make an identity that a gateway can use: %s', (name) => {
    const { outputFiles } = buildSync({
      entryPoints: [join(folder, name)],
      bundle: true,
      write: false,
      format: 'cjs',
      platform: 'node',
      packages: 'external',
      alias: { 'governed-gateway': alias },
    });
    const module = { exports: {} as { identity?: Identity } };
    const run = compileFunction(outputFiles[0]?.text ?? '', ['require', 'module', 'exports', '__dirname']);
    run(createRequire(join(ROOT, 'package.json')), module, module.exports, join(ROOT, 'lib/constructs'));
    const { identity } = module.exports;
    if (identity === undefined) throw new Error(`${name} exports no identity`);
    expect(bind(identity).bound.authorization).toBe('jwt');
  });
});
