import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { COMMANDS } from '../../lib/cli/commands';

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

  it('shows TypeScript that compiles', () => {
    const [program = ''] = blocks('ts');
    const folder = mkdtempSync('test/docs/emulator-page-');
    const source = program.replace("'governed-gateway/emulator'", "'../../../lib/emulator'");
    writeFileSync(join(folder, 'page.ts'), `${source}\nvoid allowedForAdjusters;\n`);
    const settings = { extends: '../../../tsconfig.json', include: ['page.ts'] };
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(settings));
    try {
      expect(spawnSync('npx', ['tsc', '-p', folder], { encoding: 'utf8' })).toMatchObject({ status: 0, stdout: '' });
    } finally {
      rmSync(folder, { recursive: true });
    }
  }, 120_000);
});
