import { GovernanceError } from '../../diagnostics/governance-error';
import type { Known } from '../../report/gateway-report';

/** Findings after which there is no report: somebody pressed Ctrl-C, or an option is wrong. */
const FINAL: ReadonlySet<string> = new Set([
  'DECISIONS_INTERRUPTED',
  'REPORT_INTERRUPTED',
  'COMMAND_OPTION_INVALID',
  'PACKAGE_MISSING',
]);

/**
 * What a source tells, or the reason why it does not, which `onFailure` hears as well. Throws what is no finding, and what leaves no report to make.
 */
export async function attempt<T>(
  read: () => Promise<T>,
  onFailure: (error: GovernanceError) => void,
): Promise<Known<T>> {
  try {
    return { known: true, value: await read() };
  } catch (error) {
    if (!GovernanceError.is(error) || error.diagnostics.some(({ code }) => FINAL.has(code))) throw error;
    onFailure(error);
    return { known: false, why: error.diagnostics.map(({ message }) => message).join('; ') };
  }
}
