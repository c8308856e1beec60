import { Command, CommanderError } from 'commander';
import { GovernanceError } from '../diagnostics/governance-error';
import { checkNodeVersion } from '../diagnostics/node-version';
import { terminalText } from '../diagnostics/shown-text';
import { suggest } from '../diagnostics/suggest';
import type { CliCommand, CommandEntry } from './command';
import { COMMANDS } from './commands';
import { expectShortWork } from './engine-flags';
import { EXIT, type ExitCode, exitCodeOf } from './exit-code';
import { overview, version } from './overview';
import { printDiagnostics } from './print-diagnostics';
import { processTerminal, type Terminal } from './terminal';

/**
 * Runs `governed-gateway`. Never throws: whatever goes wrong is shown as a finding.
 * @param argv arguments behind the command's own name
 */
export async function run(argv: readonly string[], terminal: Terminal, commands = COMMANDS): Promise<ExitCode> {
  return runSafely(argv, safe(terminal), commands);
}

/** Whatever a command shows, of names, reasons, tools and files of others, moves no cursor and hides nothing. */
function safe(terminal: Terminal): Terminal {
  return {
    ...terminal,
    out: (text) => terminal.out(terminalText(text)),
    err: (text) => terminal.err(terminalText(text)),
  };
}

async function runSafely(
  argv: readonly string[],
  terminal: Terminal,
  commands: readonly CommandEntry[],
): Promise<ExitCode> {
  try {
    checkNodeVersion();
  } catch (error) {
    return stop(terminal, 'text', error);
  }
  const [name, ...rest] = argv;
  if (name === undefined || name === '--help' || name === '-h') return answer(terminal, overview(commands));
  if (name === '--version' || name === '-V') return answer(terminal, `${version()}\n`);
  if (name === 'help')
    return rest[0] === undefined
      ? answer(terminal, overview(commands))
      : runSafely([rest[0], '--help'], terminal, commands);
  const entry = commands.find((candidate) => candidate.name === name);
  if (entry !== undefined) return runCommand(entry, rest, terminal);
  const suggestion = suggest(
    name,
    commands.map((command) => command.name),
  );
  return stop(terminal, 'text', GovernanceError.of('COMMAND_UNKNOWN', { name, suggestion }));
}

/** Runs the command of this process and leaves its exit code behind. */
export async function runProcess(): Promise<void> {
  expectShortWork();
  process.exitCode = await run(process.argv.slice(2), processTerminal());
}

async function runCommand(entry: CommandEntry, argv: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const parser = new Command(`governed-gateway ${entry.name}`).description(entry.summary);
  try {
    // The registry cannot know the options of each command; each command's own parser makes them.
    const command = (await entry.load()).command as CliCommand<object>;
    command.configure(parser);
    parse(entry.name, parser, argv, terminal);
    return await command.run({ args: parser.args, options: parser.opts(), terminal });
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return EXIT.ok;
    return stop(terminal, parser.opts()['format'], error);
  }
}

function parse(name: string, parser: Command, argv: readonly string[], terminal: Terminal): void {
  parser.exitOverride().showSuggestionAfterError(false);
  parser.configureOutput({ writeOut: terminal.out, writeErr: () => undefined });
  try {
    parser.parse(argv, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError) || error.exitCode === 0) throw error;
    throw usageError(name, parser, error);
  }
}

function usageError(command: string, parser: Command, error: CommanderError): GovernanceError {
  const quoted = /'([^']*)'/.exec(error.message)?.[1] ?? '';
  if (error.code === 'commander.unknownOption') {
    const names = parser.options.flatMap((option) => [option.long, option.short].filter((flag) => flag !== undefined));
    const suggestion = suggest(quoted, [...names, '--help']);
    return GovernanceError.of('COMMAND_OPTION_UNKNOWN', { command, option: quoted, suggestion });
  }
  if (error.code === 'commander.missingMandatoryOptionValue') {
    return GovernanceError.of('COMMAND_OPTION_MISSING', {
      command,
      option: quoted.split(' ')[0] ?? quoted,
      or: undefined,
    });
  }
  if (error.code === 'commander.excessArguments') {
    const argument = inShort(parser.args[parser.registeredArguments.length] ?? '');
    const app = parser.options.some((option) => option.long === '--app');
    return GovernanceError.of('COMMAND_ARGUMENT_UNEXPECTED', { command, argument, app });
  }
  const refused = /^error: option '(\S+)[^']*' argument '([\s\S]*)' is invalid\. ([\s\S]*)$/.exec(error.message);
  if (refused !== null) {
    const [, option = '', value = '', expected = ''] = refused;
    const choices = expected.replace(/^Allowed choices are (.*)\.$/, 'one of $1');
    return GovernanceError.of('COMMAND_OPTION_INVALID', { option, value: inShort(value), expected: choices });
  }
  const problem = inShort(error.message.replace(/^error: /, ''));
  return GovernanceError.of('COMMAND_USAGE', { command, problem });
}

/** What a user typed, as it can stand in backticks. */
function inShort(text: string): string {
  const plain = text.replaceAll('`', "'").replace(/\s+/g, ' ');
  return plain.length > 100 ? `${plain.slice(0, 97)}...` : plain;
}

function answer(terminal: Terminal, text: string): ExitCode {
  terminal.out(text);
  return EXIT.ok;
}

function stop(terminal: Terminal, format: unknown, error: unknown): ExitCode {
  if (GovernanceError.is(error)) {
    printDiagnostics(terminal, format, error.diagnostics);
    return exitCodeOf(error.diagnostics);
  }
  const problem = error instanceof Error ? error.message : String(error);
  if (process.env['GOVERNED_GATEWAY_DEBUG'] && error instanceof Error) terminal.err(`${error.stack}\n`);
  return stop(terminal, format, GovernanceError.of('COMMAND_UNEXPECTED', { problem }));
}
