import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import type { CliCommand } from '../../lib/cli/command';
import { COMMANDS } from '../../lib/cli/commands';
import { run } from '../../lib/cli/run';
import { CATALOGUE } from '../../lib/diagnostics/catalogue';
import { CommandLine, INPUT, UNDERWRITING } from './command-line';

const app = new CommandLine(UNDERWRITING);
afterAll(() => app.remove());

describe('governed-gateway', () => {
  it.each([[[]], [['--help']], [['-h']], [['help']]])('lists its commands for %j', async (args) => {
    const { code, out, err } = await app.run(args);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    for (const { name, summary } of COMMANDS) expect(out).toContain(`  ${name.padEnd(9)}  ${summary}`);
  });

  it('tells its version', async () => {
    expect((await app.run(['--version'])).out).toMatch(/^\d+\.\d+\.\d+\n$/);
  });

  it.each(COMMANDS.map(({ name }) => name))('explains the options of %s', async (name) => {
    const { code, out, err } = await app.run([name, '--help']);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toMatch(new RegExp(`^Usage: governed-gateway ${name} `));
    expect((await app.run(['help', name])).out).toBe(out);
  });

  it.each([
    ['a misspelt command', ['vaildate'], 'did you mean `validate`?'],
    ['no command that exists', ['frobnicate'], 'run `governed-gateway --help`'],
    ['a misspelt option', ['test', '--covrage'], 'did you mean `--coverage`?'],
    ['an option of another command', ['schema', '--threshold', '3'], '`schema` has no option `--threshold`'],
    ['an option without its value', ['test', '--app'], 'COMMAND_USAGE'],
    ['an argument too many', ['schema', 'x', ...INPUT], "an app's folder goes behind `--app`"],
    ['a token for nobody', ['token'], 'needs the option `--as` or `--claims`'],
    ['neither app nor policies', ['validate'], 'COMMAND_INPUT_MISSING'],
    [
      'policies without tools',
      ['validate', '--policies', 'policies'],
      'option `--policies` needs the option `--tools` beside it',
    ],
    [
      'tools without policies',
      ['validate', '--tools', 'tools.json'],
      'option `--tools` needs the option `--policies` beside it',
    ],
    [
      'both app and policies',
      ['validate', ...INPUT, '--app', 'cdk.out'],
      '`--app` and `--policies` exclude each other',
    ],
    [
      'policies that are not there',
      ['validate', '--policies', 'nowhere', '--tools', 'tools.json'],
      'POLICY_SOURCE_MISSING',
    ],
    ['an app that is not there', ['validate', '--app', 'nowhere'], 'MANIFEST_NONE'],
  ])('could not run: %s', async (_, args, text) => {
    const { code, out, err } = await app.run(args);
    expect(code).toBe(1);
    expect(out).toBe('');
    expect(err).toContain(text);
  });

  it('shows a failure of its own as a finding', async () => {
    const broken: CliCommand<never> = {
      configure: (parser) => parser.option('--format <format>'),
      run: () => Promise.reject(new TypeError('x is not a function')),
    };
    const commands = [{ name: 'break', summary: '', load: () => Promise.resolve({ command: broken }) }];
    const written: string[] = [];
    const terminal = {
      out: (text: string) => void written.push(text),
      err: (text: string) => void written.push(text),
      readInput: () => Promise.resolve(''),
      cwd: '.',
      interactive: false,
      onInterrupt: () => undefined,
    };
    expect(await run(['break', '--format', 'json'], terminal, commands)).toBe(1);
    expect(JSON.parse(written.join(''))).toMatchObject({ diagnostics: [{ code: 'COMMAND_UNEXPECTED' }] });
  });

  it('never crashes on any arguments', async () => {
    const words = [
      'test',
      'schema',
      'validate',
      'authorize',
      'matrix',
      'help',
      '--help',
      '--',
      '-',
      '@',
      '@tools.json',
      ...INPUT,
    ];
    const options = [
      '--app',
      '--gateway',
      '--format',
      'json',
      'sarif',
      '--tool',
      '--claims',
      '{}',
      '--input',
      '--now',
      '--filter',
      '--threshold',
    ];
    const argument = fc.oneof(fc.constantFrom(...words, ...options), fc.string({ unit: 'binary', maxLength: 12 }));
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...words), fc.array(argument, { maxLength: 8 }), async (first, rest) => {
        const { code, out, err } = await app.run([first, ...rest], '{}');
        expect([0, 1, 2, 3]).toContain(code);
        expect(out + err).not.toMatch(/COMMAND_UNEXPECTED|undefined|\[object/);
        if (code !== 0)
          for (const [name] of err.matchAll(/(?<=\[)[A-Z_]{5,}(?=\])/g)) expect(CATALOGUE).toHaveProperty(name);
      }),
      { numRuns: 1_000 },
    );
  });
});
