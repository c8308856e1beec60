import type { DesiredPolicy } from '../../contract/policy-set-document';
import { type Diagnostic, diagnostic, hasErrors } from '../../diagnostics/diagnostic';
import { GovernanceError } from '../../diagnostics/governance-error';
import { loadPolicies, PolicySource } from '../../policy/source/source';
import type { Terminal } from '../terminal';
import type { GatewayDiff } from './gateway-diff';

/** The permits of a file that describe what is meant to be gained. Throws for what is no permit, or cannot be read. */
export function readAllowances(terminal: Terminal, file: string): DesiredPolicy[] {
  const options = { baseDirectory: terminal.cwd, nameSeed: 'allowances' };
  const { policies, diagnostics } = loadPolicies([PolicySource.fromFile(file)], options);
  const forbids = policies.filter(({ effect }) => effect === 'forbid');
  const findings = [
    ...diagnostics,
    ...forbids.map(({ id, origin }) => diagnostic('ACCESS_ALLOWANCE_FORBID', { id }, { location: origin })),
  ];
  if (hasErrors(findings)) throw new GovernanceError(findings);
  return policies;
}

/** Allowances that cover nothing of any gateway. */
export function unusedAllowances(allowances: readonly DesiredPolicy[], diffs: readonly GatewayDiff[]): Diagnostic[] {
  return allowances
    .filter(({ id }) => diffs.every(({ diff }) => diff.unused.includes(id)))
    .map(({ id, origin }) => diagnostic('ACCESS_ALLOWANCE_UNUSED', { id }, { location: origin }));
}
