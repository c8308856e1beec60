import { afterAll, describe, expect, it } from 'vitest';
import { CommandLine } from '../cli/command-line';
import { blocksOf, commandOf } from './page';

const blocks = blocksOf('policy-tests.md');
const files = blocks.flatMap(({ file, text }) => (file === undefined ? [] : [[file, text] as const]));
const app = new CommandLine(Object.fromEntries(files));
afterAll(() => app.remove());

describe('docs/policy-tests.md', () => {
  const commands = blocks.filter(({ language }) => language === 'console').map(commandOf);

  it('has blocks that are all files or commands', () => {
    expect(files.length + commands.length).toBe(blocks.length);
    expect(commands.length).toBeGreaterThan(3);
  });

  it.each(commands)('prints what `$args` prints', async ({ args, code, output }) => {
    expect(args.slice(0, 2)).toEqual(['npx', 'governed-gateway']);
    const result = await app.run(args.slice(2));
    expect(result.out + result.err).toBe(output);
    expect(result.code).toBe(code);
  });
});
