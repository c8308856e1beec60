import { defineConfig } from 'vitest/config';
import { MUTANTS } from './test/lambda/policy-engine/mutants/mutants.js';

const mutant = MUTANTS[Number(process.env['MUTANT'])];
if (mutant === undefined) throw new Error('MUTANT is the place of a mutant in the list');

export default defineConfig({
  plugins: [
    {
      name: 'mutant',
      enforce: 'pre',
      transform: (code, id) => (id.endsWith(mutant.file) ? code.replace(mutant.from, () => mutant.to) : undefined),
    },
  ],
  test: {
    include: ['test/lambda/policy-engine/**/*.test.ts'],
    exclude: ['**/bundle*.test.ts', '**/mutants/**'],
    env: { POLICY_ENGINE_RUNS: '150', POLICY_ENGINE_SEED: '1', POLICY_ENGINE_SHRINK: 'false' },
    testTimeout: 300_000,
    maxWorkers: 1,
  },
});
