import { policyIdAttribute } from '../../../lib/contract/custom-resources';
import { failure } from '../messages/messages';
import type { TargetPolicy } from '../policies/policy';
import type { PolicyApi } from '../service/control-plane';

/** Throws when the id of a policy is asked for that the set does not declare. */
export function assertDeclared(names: readonly string[], declared: readonly TargetPolicy[]): void {
  const known = new Set(declared.map(({ name }) => name));
  const unknown = names.find((name) => !known.has(name));
  if (unknown !== undefined) throw failure('POLICY_ID_UNKNOWN', { name: unknown });
}

/** The ids of policies as attributes. Undefined while a read is too old to show one of them. */
export async function policyIds(
  api: PolicyApi,
  names: readonly string[],
): Promise<{ readonly [attribute: string]: string } | undefined> {
  if (names.length === 0) return {};
  const there = (await api.listStates()).filter(({ status }) => status !== 'DELETING');
  const ids = new Map(there.map(({ name, policyId }) => [name, policyId]));
  const attributes: { [attribute: string]: string } = {};
  for (const name of names) {
    const id = ids.get(name);
    if (id === undefined) return undefined;
    attributes[policyIdAttribute(name)] = id;
  }
  return attributes;
}
