import { deployedPolicies } from '../../contract/tool-classes/deployed-policies';
import { deniedToolsGuards } from '../../policy/guards/denied-tools-guards';
import { trustedContextGuards } from '../../policy/guards/trusted-context-guards';
import { tooManyTools, unlistedToolGuards } from '../../policy/guards/unlisted-tool-guards';
import { generateSchema } from '../../policy/schema/schema';
import { loadPolicies, type PolicySource } from '../../policy/source/source';
import type { Invariant } from '../../policy/statements/invariant';
import { validatePolicySet } from '../../policy/validation/validate';
import type { CompiledPolicies, GatewayFacts } from '../parts/gateway-view';

/** What a gateway's policies are made of. */
export interface DeclaredPolicies {
  readonly sources: readonly PolicySource[];
  /** Invariants in code. */
  readonly invariants: readonly Invariant[];
  readonly toolClasses: readonly string[] | undefined;
}

/** Sources, tools and trusted fields in; a checked policy set and its schema out. Never throws: what is wrong is a finding. */
export function compilePolicies(
  { sources, invariants, toolClasses }: DeclaredPolicies,
  nameSeed: string,
  facts: GatewayFacts,
): CompiledPolicies {
  const { targets, mode, claims, groups, customClaims, trustedFields, principalType } = facts;
  const loaded = loadPolicies(sources, { nameSeed, invariants });
  const schema = generateSchema(targets, {}, toolClasses);
  // Without trusted context, a permit on a whole target means what it says.
  const growing = trustedFields.length > 0 ? targets : [];
  const guards = [
    ...trustedContextGuards(trustedFields, nameSeed, principalType),
    ...deniedToolsGuards(schema.denied, nameSeed, principalType),
    ...unlistedToolGuards(growing, nameSeed, principalType),
  ];
  const policies = [...loaded.policies, ...guards];
  const findings = validatePolicySet({
    policies,
    invariants: loaded.invariants,
    principalType,
    texts: loaded.texts,
    targets,
    toolClasses,
    mode,
    claims,
    groups,
    customClaims,
    trustedContext: trustedFields,
  });
  return {
    policies,
    deployed: deployedPolicies(policies, targets),
    invariants: loaded.invariants,
    declared: loaded.policies.length > 0,
    schemaText: schema.text,
    diagnostics: [...loaded.diagnostics, ...findings, ...tooManyTools(growing, principalType)],
    files: loaded.files,
    watched: loaded.watched,
    tests: loaded.tests,
  };
}
