import type { PolicyJson } from '../../cedar/cedar';
import type { PolicySet } from '../../decision/policy-set';
import type { ToolSchema } from '../../schema/schema-json';

/** The policies that decide calls of a tool, sorted by text, so that no answer depends on the order in which they were read. */
export function activePolicies(set: PolicySet, tool: ToolSchema): PolicyJson[] {
  const active = set.candidates(tool).filter(({ policy }) => policy.enforcementMode === 'ACTIVE');
  return active.toSorted((a, b) => (a.text < b.text ? -1 : 1)).map(({ json }) => json);
}
