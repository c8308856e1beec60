import type { Diagnostic } from '../diagnostics/diagnostic';

/** What a command's exit tells: an answer, or why there is none. */
export const EXIT = {
  /** Done; allowed; every test passed. */
  ok: 0,
  /** The command could not run: wrong options, unreadable files, something broke. */
  couldNotRun: 1,
  /** The answer is no: denied, or a test failed. */
  negative: 2,
  /** What was read is wrong: policies, tools, tests, claims. */
  invalid: 3,
  /** A property does not hold. */
  doesNotHold: 4,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** Findings that say that the command could not run, beside all of the emulator's. */
const COULD_NOT_RUN: ReadonlySet<string> = new Set([
  'COMMAND_UNKNOWN',
  'COMMAND_OPTION_UNKNOWN',
  'COMMAND_OPTION_MISSING',
  'COMMAND_OPTIONS_TOGETHER',
  'COMMAND_OPTIONS_EXCLUSIVE',
  'COMMAND_ARGUMENT_UNEXPECTED',
  'COMMAND_USAGE',
  'COMMAND_INPUT_MISSING',
  'COMMAND_FILE_UNREADABLE',
  'MANIFEST_NONE',
  'MANIFEST_GATEWAY_AMBIGUOUS',
  'MANIFEST_GATEWAY_UNKNOWN',
  'COMMAND_UNEXPECTED',
  'POLICY_SOURCE_MISSING',
  'POLICY_SOURCE_KIND',
  'TEST_FILES_NONE',
  'TEST_FILTER_MATCHES_NONE',
]);

/** The exit code of a command that ended with findings instead of an answer. */
export function exitCodeOf(diagnostics: readonly Diagnostic[]): ExitCode {
  const stopped = diagnostics.some(({ code }) => COULD_NOT_RUN.has(code) || code.startsWith('EMULATOR_'));
  return stopped ? EXIT.couldNotRun : EXIT.invalid;
}
