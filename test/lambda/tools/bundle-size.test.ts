import { build } from 'esbuild';
import { expect, it } from 'vitest';
import { ROOT } from '../../house/source-files';

it.each(['devops', 'lakehouse', 'underwriting'])('the tools of %s are a bundle of at most 128 KB', async (name) => {
  const { outputFiles } = await build({
    absWorkingDir: ROOT,
    entryPoints: [`lambda/tools/${name}/index.ts`],
    bundle: true,
    write: false,
    minify: true,
    keepNames: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    external: ['@aws-sdk/*', '@smithy/*'],
  });
  expect(outputFiles[0]?.contents.length).toBeLessThan(128 * 1_024);
});
