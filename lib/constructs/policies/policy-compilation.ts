import { trustedContextGuards } from '../../policy/guards/trusted-context-guards';
import { generateSchema } from '../../policy/schema/schema';
import { loadPolicies, type PolicySource } from '../../policy/source/source';
import { validatePolicySet } from '../../policy/validation/validate';
import type { CompiledPolicies, GatewayFacts } from '../parts/gateway-view';

/** Sources, tools and trusted fields in; a checked policy set and its schema out. Never throws: what is wrong is a finding. */
export function compilePolicies(
  sources: readonly PolicySource[],
  nameSeed: string,
  facts: GatewayFacts,
): CompiledPolicies {
  const { targets, mode, claims, trustedFields, principalType } = facts;
  const loaded = loadPolicies(sources, { nameSeed });
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
