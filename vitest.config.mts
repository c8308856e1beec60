import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // A wall-clock limit says nothing about the code: a loaded machine must meet it. Tests about hanging set a shorter one.
    testTimeout: 300_000,
    hookTimeout: 300_000,
    // Cedar's WebAssembly runs for seconds only: compiling it a second time, optimized, costs more than it saves.
    execArgv: ['--liftoff-only'],
    globalSetup: 'test/temporary-files.ts',
    pool: 'forks',
    maxWorkers: 2,
  },
});
