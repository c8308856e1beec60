import { defineConfig } from 'vitest/config';

/** Tests of the built site, `npm run site`. */
export default defineConfig({
  test: { include: ['test/site/*.site.ts'], testTimeout: 300_000, hookTimeout: 300_000, pool: 'forks', maxWorkers: 1 },
});
