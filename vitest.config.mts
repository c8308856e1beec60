import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // A wall-clock limit says nothing about the code: a loaded machine must meet it. So no test sets one of its own.
    testTimeout: 300_000,
    hookTimeout: 300_000,
    // What is awaited comes when the machine gets to it.
    expect: { poll: { timeout: 120_000 } },
    // Files share a process: loading CDK and Cedar anew for each file was three quarters of the time. So no test may change what the whole
    // process sees, and leave it changed: environment, working directory, clock, listeners.
    isolate: false,
    // Cedar's WebAssembly runs for seconds only: compiling it a second time, optimized, costs more than it saves.
    execArgv: ['--liftoff-only'],
    // CDK's own check of templates loads its rules for each app, for seconds: tests that ask for it turn it on (`template-rules.ts`).
    env: { CDK_VALIDATION: 'false' },
    globalSetup: 'test/temporary-files.ts',
    pool: 'forks',
    maxWorkers: 2,
  },
});
