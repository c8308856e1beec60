import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { LOCAL_GATEWAY_ARN } from '../../contract/local-arn';
import type { GatewayManifest } from '../../contract/manifest';
import type { DesiredPolicy } from '../../contract/policy-set-document';
import { type Diagnostic, hasErrors, isError } from '../../diagnostics/diagnostic';
import { GovernanceError } from '../../diagnostics/governance-error';
import { loadPolicies, PolicySource } from '../../policy';
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
  const sources = manifest.policySources.map((path) =>
    statSync(resolve(appDirectory, path), { throwIfNoEntry: false })?.isFile()
      ? PolicySource.fromFile(path)
      : PolicySource.fromDirectory(path),
  );
  const loaded = loadPolicies(sources, { baseDirectory: appDirectory, nameSeed: manifest.path });
  if (hasErrors(loaded.diagnostics)) throw new GovernanceError(loaded.diagnostics);
  const names = new Map(manifest.policies.map(({ id, name }) => [id, name]));
  const fromFiles = loaded.policies.map((policy) => ({ ...policy, name: names.get(policy.id) ?? policy.name }));
  const inCode = manifest.policies.filter(
    ({ origin }) => !manifest.policySources.some((path) => isBelow(origin.file, path)),
  );
  const policies = [...inCode, ...fromFiles];
  const findings = validatePolicySet({
    policies,
    texts: loaded.texts,
    targets: manifest.targets,
    mode: manifest.gateway.mode,
    gatewayArn: LOCAL_GATEWAY_ARN,
    claims: manifest.identity.claims,
    trustedContext: manifest.trustedContext,
  });
  if (hasErrors(findings)) throw new GovernanceError(findings.filter(isError));
  return { policies, findings: loaded.diagnostics };
}

function isBelow(file: string, path: string): boolean {
  return path === '.' || file === path || file.startsWith(`${path}/`);
}
