import { spawnSync } from 'node:child_process';
import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { ROOT } from '../house/source-files';
import { PageApp } from './page-app';

const page = new PageApp('policy-tests.md');
const { app, blocks, commands, files } = page;
afterAll(() => app.remove());

describe('docs/policy-tests.md', () => {
  it('has blocks that are all files or commands', () => {
    expect(files.length + commands.length).toBe(blocks.length);
    expect(commands.length).toBeGreaterThan(3);
  });

  it('has a test file that a test runner runs', () => {
    const alias = { 'governed-gateway/policy': join(ROOT, 'lib/policy/index.ts') };
    app.write('vitest.config.mjs', `export default ${JSON.stringify({ test: { alias } })};`);
    symlinkSync(join(ROOT, 'node_modules'), join(app.cwd, 'node_modules'), 'dir');
    const cli = join(ROOT, 'node_modules/vitest/vitest.mjs');
    const ran = spawnSync(process.execPath, [cli, 'run', 'policies.test.ts', '--testTimeout=300000'], {
      cwd: app.cwd,
      encoding: 'utf8',
    });
    expect(ran.stdout).toContain('1 passed');
    expect(ran.status).toBe(0);
  });

  it.each(commands)('shows what `$line` prints', (command) => page.expectPrinted(command));
});
