import { afterAll, describe, expect, it } from 'vitest';
import { PolicyStatement } from '../../lib/policy/statements/policy-statement';
import { CommandLine } from '../cli/command-line';
import { read } from '../house/source-files';
import { blocksOf, commandOf } from './page';
import { ProgramFolder } from './program-folder';

const blocks = blocksOf('policies.md');
const files = blocks.flatMap(({ file, text }) => (file === undefined ? [] : [[file, text] as const]));
const app = new CommandLine(Object.fromEntries(files));
afterAll(() => app.remove());

describe('docs/policies.md', () => {
  const commands = blocks.filter(({ language }) => language === 'console').map(commandOf);

  it.each(commands)('prints what `$args` prints', async ({ args, code, output }) => {
    const result = await app.run(args.slice(2));
    expect(result.out + result.err).toBe(output);
    expect(result.code).toBe(code);
  });

  it('shows TypeScript that compiles', { timeout: 120_000 }, () => {
    const folder = new ProgramFolder(files.filter(([file]) => file === 'refund.ts'));
    const output = folder.compilerOutput();
    folder.remove();
    expect(output).toBe('');
  });

  it('lists the annotations that are read', () => {
    const annotations = [...read('docs/policies.md').matchAll(/^\| `@(\w+)\(/gm)].map(([, name]) => name);
    const all = { id: 'a', description: 'b', enforcement: 'LOG_ONLY', validation: 'IGNORE_ALL_FINDINGS' } as const;
    const written = [
      ...PolicyStatement.permit(all)
        .toCedar()
        .matchAll(/^@(\w+)/gm),
    ].map(([, name]) => name);
    expect(new Set(annotations)).toEqual(new Set(written));
  });
});
