import { createHash } from 'node:crypto';
import { sameStatement } from '../../../lib/contract/statement';
import type { ActualPolicy, TargetPolicy } from '../policies/policy';
import { effectOf } from '../policies/statement';
import { isUpdate, type Verdict } from './judge';

/**
 * A forbid cannot change in place at the same moment as a permit. While permits change, both of its statements must hold, or a call could
 * pass that neither set allows: a bridge is a second policy with the statement that the forbid is about to get. It is removed like any
 * policy that nobody declared, when the forbid itself has changed.
 */
export function bridgeOf(target: TargetPolicy): TargetPolicy {
  const digest = createHash('sha256').update(target.name).digest('hex');
  return { ...target, name: `bridge_${digest.slice(0, 24)}` };
}

/** Whether what is to be done is a change in place of a forbid that is in force, and stays in force with another statement. */
export function needsBridge(target: TargetPolicy, policy: ActualPolicy | undefined, verdict: Verdict): boolean {
  return (
    isUpdate(verdict) && target.effect === 'forbid' && target.enforcementMode === 'ACTIVE' && loosens(target, policy)
  );
}

/** Whether a change in place may take away what a forbid in force forbids. */
export function loosens(target: TargetPolicy, policy: ActualPolicy | undefined): boolean {
  if (policy === undefined || policy.enforcementMode !== 'ACTIVE' || effectOf(policy.statement) !== 'forbid')
    return false;
  return target.enforcementMode !== 'ACTIVE' || !sameStatement(target.statement, policy.statement);
}

/** Whether a name is one that {@link bridgeOf} makes: as unique as the name of the policy itself. */
export function isBridgeName(name: string): boolean {
  return /^bridge_[0-9a-f]{24}$/.test(name);
}
