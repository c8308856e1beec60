import type { Diagnostic } from '../../diagnostics/diagnostic';

/** What came of the last change of a source. */
export interface ReloadNews {
  readonly at: Date;
  /** Parts that were taken over, such as `policies`. */
  readonly taken: readonly string[];
  /** What could not be; the last good version of it goes on serving. */
  readonly problems: readonly Diagnostic[];
}
