import type { Diagnostic } from '../diagnostics/diagnostic';

/** What a command's exit tells: an answer, or why there is none. */
export const EXIT = {
  /** Done; allowed; every test passed. */
  ok: 0,
  /** The command could not run: wrong options, unreadable files, something broke. */
  couldNotRun: 1,
  /** The answer is no: denied, or a test failed. */
  negative: 2,
  /** Wrong input: policies, tools, tests, claims. */
  invalid: 3,
  /** A property does not hold. */
  doesNotHold: 4,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** The exit code of a command that ended with findings instead of an answer. */
export function exitCodeOf(diagnostics: readonly Diagnostic[]): ExitCode {
  const stopped = diagnostics.some(({ severity }) => severity === 'stop');
  return stopped ? EXIT.couldNotRun : EXIT.invalid;
}
