import type { Diagnostic } from '../../../lib/diagnostics/diagnostic';
import { GovernanceError } from '../../../lib/diagnostics/governance-error';

/** The findings with which something fails. Fails itself when nothing is thrown. */
export function diagnosticsOf(run: () => unknown): readonly Diagnostic[] {
  try {
    run();
  } catch (error) {
    if (GovernanceError.is(error)) return error.diagnostics;
    throw error;
  }
  throw new Error('nothing was thrown');
}
