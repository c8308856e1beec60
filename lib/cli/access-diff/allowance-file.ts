import type { DesiredPolicy } from '../../contract/policy-set-document';
import { type Diagnostic, diagnostic, hasErrors } from '../../diagnostics/diagnostic';
import { GovernanceError } from '../../diagnostics/governance-error';
import { loadPolicies, PolicySource } from '../../policy/source/source';
import type { GatewayInput } from '../gateway-input';
import type { Terminal } from '../terminal';
import { unknownNames } from '../validate-gateway';
import type { GatewayDiff } from './gateway-diff';

/**
 * The permits of a file that describe what is meant to be gained. Throws for what is no permit or cannot be read, and for names that none of the
 * gateways knows.
 */
export function readAllowances(terminal: Terminal, file: string, gateways: readonly GatewayInput[]): DesiredPolicy[] {
  const options = { baseDirectory: terminal.cwd, nameSeed: 'allowances' };
  const { policies, diagnostics, texts } = loadPolicies([PolicySource.fromFile(file)], options);
  const forbids = policies.filter(({ effect }) => effect === 'forbid');
  const findings = [
    ...diagnostics,
    ...forbids.map(({ id, origin }) => diagnostic('ACCESS_ALLOWANCE_FORBID', { id }, { location: origin })),
    ...policies.flatMap((policy) => unknownEverywhere(policy, texts, gateways)),
  ];
  if (hasErrors(findings)) throw new GovernanceError(findings);
  return policies;
}

/** Wrong names of an allowance, for the gateway that it comes nearest to describe. */
function unknownEverywhere(
  policy: DesiredPolicy,
  texts: ReadonlyMap<string, string>,
  gateways: readonly GatewayInput[],
): readonly Diagnostic[] {
  const findings = gateways.map((gateway) => unknownNames([policy], { ...gateway, texts }));
  return findings.toSorted((a, b) => a.length - b.length)[0] ?? [];
}

/** Allowances that cover nothing of any gateway. */
export function unusedAllowances(allowances: readonly DesiredPolicy[], diffs: readonly GatewayDiff[]): Diagnostic[] {
  return allowances
    .filter(({ id }) => diffs.every(({ diff }) => diff.unused.includes(id)))
    .map(({ id, origin }) => diagnostic('ACCESS_ALLOWANCE_UNUSED', { id }, { location: origin }));
}
