import { GovernanceError } from '../../diagnostics/governance-error';
import { suggest } from '../../diagnostics/suggest';
import type { GatewayInput } from '../gateway-input';

/**
 * A gateway whose LOG_ONLY policies are active. Throws `DIFF_POLICY_NOT_LOGGING` for one that no gateway has.
 * @param ids which of them; all when empty
 */
export function withActive(gateways: readonly GatewayInput[], ids: readonly string[]): GatewayInput[] {
  const logging = new Set(
    gateways.flatMap(({ policies }) =>
      policies.filter(({ enforcementMode }) => enforcementMode === 'LOG_ONLY').map(({ id }) => id),
    ),
  );
  const unknown = ids.find((id) => !logging.has(id));
  if (unknown !== undefined)
    throw GovernanceError.of('DIFF_POLICY_NOT_LOGGING', { id: unknown, suggestion: suggest(unknown, [...logging]) });
  const activated = new Set(ids.length === 0 ? logging : ids);
  return gateways.map((gateway) => ({
    ...gateway,
    policies: gateway.policies.map((policy) =>
      activated.has(policy.id) ? { ...policy, enforcementMode: 'ACTIVE' as const } : policy,
    ),
  }));
}
