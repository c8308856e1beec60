import type { Principal } from '../../contract/claims';
import type { ClaimManifest } from '../../contract/manifest';
import type { DesiredPolicy } from '../../contract/policy-set-document';
import type { TrustedField } from '../../contract/trusted-context';
import type { Diagnostic } from '../../diagnostics/diagnostic';
import { trustedContextGuards } from '../../policy/guards/trusted-context-guards';
import type { CatalogTarget } from '../../policy/schema/catalog-target';
import { generateSchema } from '../../policy/schema/schema';
import { loadPolicies, type PolicySource } from '../../policy/source/source';
import { validatePolicySet } from '../../policy/validation/validate';
import type { EnforcementMode } from './enforcement-mode';

/** Everything that decides what the policy set is, as it stands when it is asked for. */
export interface CompilationInput {
  readonly sources: readonly PolicySource[];
  readonly targets: readonly CatalogTarget[];
  readonly trustedFields: readonly TrustedField[];
  readonly claims: readonly ClaimManifest[] | undefined;
  /** Entity type of the gateway's callers. */
  readonly principalType: Principal['type'];
  readonly mode: EnforcementMode;
  readonly nameSeed: string;
}

/** The policy set as it is deployed, with what was found on the way. */
export interface CompiledPolicies {
  readonly policies: readonly DesiredPolicy[];
  /** Whether anybody declared a policy, guards of the library not counted. */
  readonly declared: boolean;
  readonly schemaText: string;
  readonly diagnostics: readonly Diagnostic[];
  /** Files and folders to watch for changes, relative to the app's directory. */
  readonly watched: readonly string[];
  readonly tests: readonly string[];
}

/** Sources, tools and trusted fields in; a checked policy set and its schema out. Never throws: what is wrong is a finding. */
export function compilePolicies(input: CompilationInput): CompiledPolicies {
  const { targets, mode, claims, trustedFields, nameSeed, principalType } = input;
  const loaded = loadPolicies(input.sources, { nameSeed });
  const schema = generateSchema(targets);
  const policies = [...loaded.policies, ...trustedContextGuards(trustedFields, nameSeed, principalType)];
  const findings = validatePolicySet({
    policies,
    texts: loaded.texts,
    targets,
    mode,
    claims,
    trustedContext: trustedFields,
  });
  return {
    policies,
    declared: loaded.policies.length > 0,
    schemaText: schema.text,
    diagnostics: [...loaded.diagnostics, ...findings],
    watched: loaded.watched,
    tests: loaded.tests,
  };
}
