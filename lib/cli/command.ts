import type { Command } from 'commander';
import type { ExitCode } from './exit-code';
import type { Terminal } from './terminal';

/** One command of `governed-gateway`. `O` is what its options come to. */
export interface CliCommand<O extends object> {
  /** Declares arguments, options and help. */
  readonly configure: (command: Command) => void;
  /** Does the work. What it throws as a GovernanceError is shown in the format that the options ask for. */
  readonly run: (invocation: CommandInvocation<O>) => Promise<ExitCode>;
}

/** What the user typed, parsed, and where to answer. */
export interface CommandInvocation<O extends object> {
  readonly args: readonly string[];
  readonly options: O;
  readonly terminal: Terminal;
}

/** A line of the registry. The module loads only when its command is called, so that start-up stays fast. */
export interface CommandEntry {
  readonly name: string;
  readonly summary: string;
  readonly load: () => Promise<{ readonly command: CliCommand<never> }>;
}
