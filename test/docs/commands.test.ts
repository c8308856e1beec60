import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { COMMANDS } from '../../lib/cli/commands';
import { GATEWAY_OPTION } from '../../lib/cli/gateway-option';
import { ROOT, read } from '../house/source-files';
import { governedGatewayLines } from './page';

const PAGES = readdirSync(join(ROOT, 'docs'))
  .filter((name) => name.endsWith('.md'))
  .map((name) => `docs/${name}`);
const lines = ['README.md', ...PAGES].flatMap((page) =>
  governedGatewayLines(read(page)).map((args) => ({ page, line: args.join(' '), args })),
);

/** The gateway that `adopt` reads is in no app yet. */
const ADOPTED = ['--gateway-id <id>'];

it('every command that reads an app has one option for the gateway that is meant', async () => {
  for (const { name, load } of COMMANDS) {
    const parser = new Command(name);
    (await load()).command.configure(parser);
    const options = parser.options.filter(({ description }) =>
      /(construct path|name|ARN) of (the|a) gateway/.test(description),
    );
    const readsApp = parser.options.some(({ long }) => long === '--app');
    expect({ name, options: options.map(({ flags }) => flags) }).toEqual({
      name,
      options: readsApp || name === 'emulate' ? [GATEWAY_OPTION[0]] : name === 'adopt' ? ADOPTED : [],
    });
  }
});

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

  it('name gateways by construct paths', () => {
    const named = lines.flatMap(({ page, args }) => {
      const value = args[args.indexOf('--gateway') + 1];
      return args.includes('--gateway') ? [{ page, value }] : [];
    });
    expect(named.length).toBeGreaterThan(10);
    expect(named.filter(({ value = '' }) => !/^\w+(\/\w+)+$/.test(value))).toEqual([]);
  });
});
