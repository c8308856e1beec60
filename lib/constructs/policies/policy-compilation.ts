import type { DesiredPolicy } from '../../contract/policy-set-document';
import { deployedPolicies } from '../../contract/tool-classes/deployed-policies';
import { isBaseClass } from '../../contract/tool-classes/names';
import { type Diagnostic, isError } from '../../diagnostics/diagnostic';
import { deniedToolsGuards } from '../../policy/guards/denied-tools-guards';
import { trustedContextGuards } from '../../policy/guards/trusted-context-guards';
import { tooManyTools, unlistedToolGuards } from '../../policy/guards/unlisted-tool-guards';
import { endings } from '../../policy/packs/ending';
import { generateSchema, typesToKeep } from '../../policy/schema/schema';
import { loadPolicies, type PolicySource } from '../../policy/source/source';
import type { Invariant } from '../../policy/statements/invariant';
import { validatePolicySet } from '../../policy/validation/validate';
import type { BroughtPolicies } from '../governance/added-baselines';
import type { CompiledPolicies, GatewayFacts } from '../parts/gateway-view';

/** What a gateway's policies are made of. */
export interface DeclaredPolicies {
  readonly sources: readonly PolicySource[];
  /** Invariants in code. */
  readonly invariants: readonly Invariant[];
  readonly toolClasses: readonly string[] | undefined;
  /** What baselines bring, from the app downwards. */
  readonly baselines: readonly BroughtPolicies[];
}

/** Sources, tools and trusted fields in; a checked policy set and its schema out. Never throws: what is wrong is a finding. */
export function compilePolicies(
  { sources, invariants, toolClasses: ownClasses, baselines }: DeclaredPolicies,
  nameSeed: string,
  facts: GatewayFacts,
): CompiledPolicies {
  const { targets, mode, claims, groups, customClaims, trustedFields, principalType } = facts;
  const toolClasses = allClasses(ownClasses, baselines, facts);
  const gateway = { targets, toolClasses, principalType, claims, customClaims, trustedFields };
  const loaded = loadPolicies(sources, { nameSeed, invariants, baselines, gateway });
  const schema = generateSchema(targets, {}, toolClasses);
  // Without trusted context, a permit on a whole target means what it says.
  const growing = trustedFields.length > 0 ? targets : [];
  const guards = [
    ...trustedContextGuards(trustedFields, nameSeed, principalType),
    ...deniedToolsGuards(schema.denied, nameSeed, principalType),
    ...unlistedToolGuards(growing, nameSeed, principalType),
  ];
  const policies = [...loaded.policies, ...guards];
  const found = validatePolicySet({
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
  const findings = found.filter((finding) => isError(finding) || !isFromAbove(finding, loaded.policies));
  return {
    policies,
    deployed: deployedPolicies(policies, targets),
    invariants: loaded.invariants,
    toolClasses,
    declared: loaded.policies.some(({ baseline }) => baseline === undefined),
    schemaText: schema.text,
    types: typesToKeep(targets, toolClasses),
    diagnostics: [
      ...loaded.diagnostics,
      ...endings(loaded.packs, new Date()),
      ...findings,
      ...tooManyTools(growing, principalType),
    ],
    files: loaded.files,
    watched: loaded.watched,
    tests: loaded.tests,
    packs: loaded.packs,
  };
}

/** Whether a finding is about a policy of a baseline, which the team of the app can do nothing about. */
function isFromAbove({ location }: Diagnostic, policies: readonly DesiredPolicy[]): boolean {
  return policies.some(({ baseline, origin }) => baseline !== undefined && origin.file === location?.file);
}

/** A team that says no classes may have any, also where a baseline says some. */
function allClasses(
  own: readonly string[] | undefined,
  baselines: readonly BroughtPolicies[],
  { targets }: GatewayFacts,
): readonly string[] | undefined {
  const fromAbove = baselines.flatMap((baseline) => baseline.toolClasses);
  if (fromAbove.length === 0) return own;
  const taken = own ?? targets.flatMap(({ tools }) => tools.flatMap(({ classes = [] }) => classes));
  return [...new Set([...taken.filter((name) => !isBaseClass(name)), ...fromAbove])];
}
