import { CALLER_TYPES } from '../../contract/claims';
import { LOCAL_GATEWAY_ARN } from '../../contract/local-arn';
import type { GatewayManifest } from '../../contract/manifest';
import type { DesiredPolicy } from '../../contract/policy-set-document';
import { type Diagnostic, hasErrors, isError } from '../../diagnostics/diagnostic';
import { GovernanceError } from '../../diagnostics/governance-error';
import { policiesOf, withPolicies } from '../../policy/source/current-manifest';
import { validatePolicySet } from '../../policy/validation/validate';

export interface ReloadedPolicies {
  readonly policies: readonly DesiredPolicy[];
  /** Findings that are no errors. */
  readonly findings: readonly Diagnostic[];
}

/**
 * Reads the policies of an application from their files again. Policies in code, and the library's own, stay as synthesized.
 * Throws a GovernanceError with everything that is wrong.
 */
export function reloadPolicies(manifest: GatewayManifest, appDirectory: string): ReloadedPolicies {
  const loaded = policiesOf(manifest, appDirectory);
  if (hasErrors(loaded.diagnostics)) throw new GovernanceError(loaded.diagnostics);
  const { policies, invariants } = withPolicies(manifest, loaded);
  const findings = validatePolicySet({
    policies,
    invariants,
    principalType: CALLER_TYPES[manifest.identity.authorization],
    texts: loaded.texts,
    targets: manifest.targets,
    mode: manifest.gateway.mode,
    gatewayArn: LOCAL_GATEWAY_ARN,
    claims: manifest.identity.claims,
    groups: manifest.identity.groups,
    customClaims: manifest.identity.customClaims,
    trustedContext: manifest.trustedContext,
  });
  if (hasErrors(findings)) throw new GovernanceError(findings.filter(isError));
  return { policies, findings: loaded.diagnostics };
}
