import { readdirSync, readFileSync } from 'node:fs';
import { defineConfig } from 'vitest/config';

/** Files with properties that CI tries with few cases, see test/runs.ts. */
const properties = readdirSync('test', { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.test.ts') && readFileSync(`test/${file}`, 'utf8').includes('runs('))
  .map((file) => `test/${file}`);

export default defineConfig({
  test: {
    include: ['test/**/*.torture.ts', ...properties],
    env: { PROPERTY_SCALE: '20' },
    testTimeout: 3_600_000,
    hookTimeout: 60_000,
    pool: 'forks',
  },
});
