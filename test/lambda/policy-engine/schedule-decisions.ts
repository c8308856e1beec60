import type { DesiredPolicy } from '../../../lib/contract/policy-set-document';
import type { PolicyView } from '../../doubles/control-plane/policy-store';
import { GATEWAY_ARN, MARKER } from './scenario';
import { ROLES } from './schedule-arbitraries';

interface Deciding {
  readonly status: string;
  readonly statement: string;
  readonly enforcementMode: string;
}

/**
 * Roles whose calls pass, as a gateway with these policies would decide. A permit that is on its way counts, and a forbid that is on its
 * way does not: nobody knows when the service stops to ask them.
 */
export function allowedRoles(policies: readonly Deciding[]): {
  readonly roles: ReadonlySet<string>;
  readonly hasPermit: boolean;
} {
  // Locks only take away, and are looked at by themselves.
  const isLock = ({ statement }: Deciding): boolean => statement.includes('context.system.now');
  const enforced = policies.filter((policy) => policy.enforcementMode === 'ACTIVE' && !isLock(policy));
  const isForbid = ({ statement }: Deciding): boolean => statement.startsWith('forbid');
  const covers = ({ statement }: Deciding, role: string): boolean => {
    const only = /getTag\("role"\) == "([^"]*)"/.exec(statement)?.[1];
    return only === undefined ? !statement.includes('input.limit') : only === role;
  };
  const holds = ['ACTIVE', 'UPDATING', 'UPDATE_FAILED', 'DELETE_FAILED'];
  const permits = enforced.filter((policy) => !isForbid(policy) && [...holds, 'DELETING'].includes(policy.status));
  const forbids = enforced.filter((policy) => isForbid(policy) && holds.includes(policy.status));
  const passes = (role: string): boolean =>
    permits.some((policy) => covers(policy, role)) && !forbids.some((policy) => covers(policy, role));
  return {
    roles: new Set([...ROLES, 'another'].filter(passes)),
    hasPermit: permits.some(({ status }) => status === 'ACTIVE'),
  };
}

/** Whether a declared policy is on the service as it was declared, and signed. */
export function isInForce(desired: DesiredPolicy, actual: readonly PolicyView[]): boolean {
  const view = actual.find(({ name, status }) => name === desired.name && status === 'ACTIVE');
  return (
    view?.statement === desired.statementParts.join(GATEWAY_ARN) &&
    view.enforcementMode === desired.enforcementMode &&
    view.description?.startsWith(`${desired.description} [${MARKER} `) === true
  );
}
