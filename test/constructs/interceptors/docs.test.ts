import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DENIALS } from '../../../lambda/interceptor-kit/denial';
import { requestEvent, toolCall } from '../../../lambda/interceptor-kit/testing';
import { bundleTypeScript } from '../../../lib/constructs/targets/bundle-typescript';
import { ROOT, read } from '../../house/source-files';

const page = read('docs/interceptors.md');
const blocks = [...page.matchAll(/^```ts (\S+)\n([\s\S]*?)^```$/gm)].map((match): [string, string] => [
  match[1] ?? '',
  match[2] ?? '',
]);

describe('docs/interceptors.md', () => {
  // Inside the checkout, so that aws-cdk-lib and vitest resolve.
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(__dirname, '.docs-'));
    const paths = {
      'governed-gateway': [join(ROOT, 'lib/index.ts')],
      'governed-gateway/interceptor': [join(ROOT, 'lambda/interceptor-kit/index.ts')],
    };
    const compilerOptions = { noEmit: true, paths, rootDir: ROOT };
    const config = { extends: join(ROOT, 'tsconfig.json'), compilerOptions, include: ['**/*.ts'] };
    for (const [name, text] of [...blocks, ['tsconfig.json', JSON.stringify(config)] as const]) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), text);
    }
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('has programs that compile', () => {
    const tsc = join(ROOT, 'node_modules/typescript/bin/tsc');
    expect(spawnSync(process.execPath, [tsc, '-p', folder], { encoding: 'utf8' }).stdout).toBe('');
  }, 120_000);

  it('has a chain that runs, and denies everything without its configuration', async () => {
    const { directory } = bundleTypeScript(join(folder, 'interceptors/request.ts'));
    const { handler } = createRequire(__filename)(join(directory, 'index.js'));
    const output = await handler(requestEvent(toolCall('Claims___query_claims')));
    expect(output.mcp.transformedGatewayResponse.body.error.data.reason).toBe('misconfigured');
  });

  it('lists every reason under its code', () => {
    for (const [reason, { code }] of Object.entries(DENIALS)) {
      expect(page).toMatch(new RegExp(`^\\| ${code} \\|.*\`${reason}\``, 'm'));
    }
  });
});
