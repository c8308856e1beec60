import { ask, CedarFailure, messages, type SchemaJson, type ValidationAnswer } from '../../cedar/cedar';
import type { PolicyView } from './policy-view';
import { schemaParts } from './schema-part';

/** A complaint of Cedar's validator about one policy. Offsets are bytes of the bound statement. */
export interface CedarFinding {
  readonly severity: 'error' | 'warning';
  readonly message: string;
  readonly help: string | null;
  readonly start: number;
  readonly end: number;
}

/** Cedar's own strict validation of every policy. A policy that Cedar cannot even look at has a single finding without place. */
export function cedarFindings(
  policies: readonly PolicyView[],
  schema: SchemaJson<string>,
): ReadonlyMap<PolicyView, readonly CedarFinding[]> {
  const found = new Map<PolicyView, CedarFinding[]>(policies.map((policy) => [policy, []]));
  for (const part of schemaParts(policies, schema))
    for (const finding of validated(part.policies, part.schema)) found.get(finding.policy)?.push(finding);
  return found;
}

type PolicyFinding = CedarFinding & { readonly policy: PolicyView };

function validated(policies: readonly PolicyView[], schema: SchemaJson<string>): PolicyFinding[] {
  const staticPolicies = Object.fromEntries(policies.map(({ prepared }, index) => [index, prepared.text]));
  try {
    const answer = ask((cedar) => cedar.validate({ schema, policies: { staticPolicies } }));
    if (answer.type === 'failure') throw new CedarFailure(messages(answer.errors));
    return findingsOf(answer, policies);
  } catch (error) {
    if (!(error instanceof CedarFailure)) throw error;
    // One policy that Cedar cannot look at takes the answer for all the others with it.
    const [only, ...others] = policies;
    if (only === undefined) return [];
    if (others.length === 0)
      return [{ policy: only, severity: 'error', message: error.message, help: null, start: 0, end: 0 }];
    const half = Math.ceil(policies.length / 2);
    return [...validated(policies.slice(0, half), schema), ...validated(policies.slice(half), schema)];
  }
}

function findingsOf(answer: ValidationAnswer & { type: 'success' }, policies: readonly PolicyView[]): PolicyFinding[] {
  const reports = [
    ...answer.validationErrors.map((report) => ({ ...report, severity: 'error' as const })),
    ...answer.validationWarnings.map((report) => ({ ...report, severity: 'warning' as const })),
  ];
  return reports.flatMap(({ policyId, error, severity }): PolicyFinding[] => {
    const policy = policies[Number(policyId)];
    const [label] = error.sourceLocations ?? [];
    if (policy === undefined) return [];
    const message = withoutPolicy(error.message);
    const help = error.help === null ? null : withoutPolicy(error.help);
    return [{ policy, severity, message, help, start: label?.start ?? 0, end: label?.end ?? 0 }];
  });
}

/** Cedar names the policy by the key that it was handed over with. */
function withoutPolicy(text: string): string {
  return text.replace(/^for policy `[^`]*`, /, '');
}
