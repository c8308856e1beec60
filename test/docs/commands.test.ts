import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { COMMANDS } from '../../lib/cli/commands';
import { ROOT, read } from '../house/source-files';
import { governedGatewayLines } from './page';

const PAGES = readdirSync(join(ROOT, 'docs'))
  .filter((name) => name.endsWith('.md'))
  .map((name) => `docs/${name}`);
const lines = ['README.md', ...PAGES].flatMap((page) =>
  governedGatewayLines(read(page)).map((args) => ({ page, line: args.join(' '), args })),
);

describe('commands on the pages', () => {
  it('are found', () => {
    expect(new Set(lines.map(({ page }) => page)).size).toBeGreaterThan(5);
  });

  it.each(lines)('$page: $line', async ({ args: [name = '', ...args] }) => {
    const entry = COMMANDS.find((command) => command.name === name);
    if (entry === undefined) throw new Error(`no command ${name}`);
    const parser = new Command(name).exitOverride().configureOutput({ writeErr: () => undefined });
    (await entry.load()).command.configure(parser);
    expect(() => parser.parse(args, { from: 'user' })).not.toThrow();
  });
});
