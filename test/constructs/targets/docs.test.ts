import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bundleTypeScript } from '../../../lib/constructs/targets/bundle-typescript';
import { readToolDefinitions } from '../../../lib/constructs/targets/read-tool-definitions';
import { ROOT, read } from '../../house/source-files';

const blocks = [...read('docs/tools.md').matchAll(/^```ts (\S+)\n([\s\S]*?)^```$/gm)].map((match): [string, string] => [
  match[1] ?? '',
  match[2] ?? '',
]);

describe('the programs of docs/tools.md', () => {
  // Inside the checkout, so that aws-cdk-lib and zod resolve.
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(__dirname, '.docs-'));
    const paths = {
      'governed-gateway': [join(ROOT, 'lib/index.ts')],
      'governed-gateway/tool': [join(ROOT, 'lambda/tool-kit/index.ts')],
    };
    const compilerOptions = { noEmit: true, paths, rootDir: ROOT };
    const config = { extends: join(ROOT, 'tsconfig.json'), compilerOptions, include: ['**/*.ts'] };
    for (const [name, text] of [...blocks, ['tsconfig.json', JSON.stringify(config)] as const]) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), text);
    }
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('compile', () => {
    const tsc = join(ROOT, 'node_modules/typescript/bin/tsc');
    expect(spawnSync(process.execPath, [tsc, '-p', folder], { encoding: 'utf8' }).stdout).toBe('');
  });

  it.each([
    ['tools/claims.ts', 'get_claim'],
    ['tools/files.ts', 'list_files'],
  ])('define their tools: %s', (name, tool) => {
    const tools = readToolDefinitions(bundleTypeScript(join(folder, name)));
    expect(tools.map((definition) => definition.name)).toEqual([tool]);
  });
});
