import type { Diagnostic } from './diagnostic';
import { GovernanceError } from './governance-error';

/** Runs an action for each item and throws the findings of all that failed together, never only the first. */
export function collectFindings<T>(items: Iterable<T>, action: (item: T) => void): void {
  const findings: Diagnostic[] = [];
  for (const item of items) {
    try {
      action(item);
    } catch (error) {
      if (!GovernanceError.is(error)) throw error;
      findings.push(...error.diagnostics);
    }
  }
  if (findings.length > 0) throw new GovernanceError(findings);
}
