import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';
import { LONG_FILES } from './test/long-files.js';

/** Begins with the longest. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification): number => {
      const found = LONG_FILES.findIndex((file) => moduleId.includes(`/${file}`));
      return found === -1 ? LONG_FILES.length : found;
    };
    return (await super.sort(files)).sort((a, b) => place(a) - place(b));
  }
}

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    sequence: { sequencer: LongestFirst },
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
