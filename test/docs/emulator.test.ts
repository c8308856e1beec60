import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { COMMANDS } from '../../lib/cli/commands';
import { ProgramFolder } from './program-folder';

const PAGE = readFileSync('docs/emulator.md', 'utf8');
const blocks = (language: string): string[] =>
  [...PAGE.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\``, 'gm'))].map(([, text = '']) => text);

/** Words of a shell line, single quotes understood. */
function words(line: string): string[] {
  return [...line.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? '');
}

describe('the page of the emulator', () => {
  const lines = blocks('sh')
    .flatMap((block) => block.trim().split('\n'))
    .filter((line) => line.includes('governed-gateway'));

  it.each(lines)('shows a command that is understood: %s', async (line) => {
    const [, , name = '', ...args] = words(line);
    const entry = COMMANDS.find((command) => command.name === name);
    if (entry === undefined) throw new Error(`no command ${name}`);
    const parser = new Command(name).exitOverride().configureOutput({ writeErr: () => undefined });
    (await entry.load()).command.configure(parser);
    expect(() => parser.parse(args, { from: 'user' })).not.toThrow();
  });

  it('shows TypeScript that compiles', { timeout: 120_000 }, () => {
    const [program = ''] = blocks('ts');
    const folder = new ProgramFolder([['page.ts', `${program}\nvoid allowedForAdjusters;\n`]]);
    const output = folder.compilerOutput();
    folder.remove();
    expect(output).toBe('');
  });
});
