import { join } from 'node:path';
import { build } from 'esbuild';
import { expect, it } from 'vitest';

it('is a bundle of at most 150 KB without the SDK', async () => {
  const { metafile } = await build({
    absWorkingDir: join(__dirname, '../../..'),
    entryPoints: ['lambda/policy-engine/index.ts'],
    outfile: 'index.js',
    write: false,
    bundle: true,
    minify: true,
    keepNames: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    external: ['@aws-sdk/client-s3', '@aws-sdk/client-secrets-manager'],
    tsconfig: 'lambda/tsconfig.json',
    metafile: true,
  });
  const inputs = Object.entries(metafile.outputs['index.js']?.inputs ?? {});
  const own = inputs.filter(([path]) => !path.startsWith('node_modules/'));
  expect(own.length).toBeGreaterThan(10);
  expect(own.reduce((sum, [, { bytesInOutput }]) => sum + bytesInOutput, 0)).toBeLessThan(150_000);
});
