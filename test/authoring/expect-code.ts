import { expect } from 'vitest';
import type { Diagnostic } from '../../lib/diagnostics/diagnostic';
import { GovernanceError } from '../../lib/diagnostics/governance-error';

/** The finding with which something stops. Fails when it ends otherwise. */
export async function expectCode(stops: () => unknown, code: Diagnostic['code']): Promise<Diagnostic> {
  let ended: unknown;
  try {
    ended = await stops();
  } catch (error) {
    if (!GovernanceError.is(error)) throw error;
    const [found] = error.diagnostics;
    expect(found?.code).toBe(code);
    return found as Diagnostic;
  }
  throw new Error(`ended with ${JSON.stringify(ended)} instead of ${code}`);
}
