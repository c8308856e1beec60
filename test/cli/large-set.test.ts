import { afterAll, describe, expect, it } from 'vitest';
import { run } from '../../lib/cli/run';
import { isLargeSet } from '../../lib/cli/set-size';
import { CommandLine, INPUT, UNDERWRITING } from './command-line';

const app = new CommandLine(UNDERWRITING);
afterAll(() => app.remove());

/** Whether a command tells its process that Cedar is asked for long. */
async function expectsMuchWork(args: readonly string[]): Promise<boolean> {
  let told = false;
  await run(args, {
    out: () => undefined,
    err: () => undefined,
    readInput: () => Promise.resolve(''),
    cwd: app.cwd,
    interactive: false,
    onInterrupt: () => undefined,
    expectMuchWork: () => {
      told = true;
    },
  });
  return told;
}

describe('much work for Cedar', () => {
  it('is a folder of policies of 150 KB, and no smaller one', async () => {
    expect(await expectsMuchWork(['schema', ...INPUT])).toBe(false);
    app.write('policies/many/more.cedar', `// ${'-'.repeat(150_000)}\n`);
    expect(await expectsMuchWork(['schema', ...INPUT])).toBe(true);
    app.delete('policies/many/more.cedar');
    app.write('policies/many/more.txt', '-'.repeat(150_000));
    expect(await expectsMuchWork(['schema', ...INPUT])).toBe(false);
  });

  it('is a set of a manifest with as much text', () => {
    const policy = { statementParts: ['permit(', '-'.repeat(1_000)] };
    expect(isLargeSet(Array.from({ length: 140 }, () => policy))).toBe(false);
    expect(isLargeSet(Array.from({ length: 150 }, () => policy))).toBe(true);
  });

  it('is what an emulator does, however small its set', async () => {
    expect(await expectsMuchWork(['emulate', 'nowhere'])).toBe(true);
  });
});
