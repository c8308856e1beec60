import { EVALUATION_FAILED } from '../../../../lib/contract/decision';
import type { DecisionRecord } from '../../../../lib/contract/decision-record/record';
import { BY_POLICY, outcomeOf } from '../../chain/ending';
import type { Conclusion } from '../../chain/step';

type Ending = Pick<DecisionRecord, 'outcome' | 'refusedBy' | 'reason'>;

/** How a call ended, and who refused it. */
export function endingOf(conclusion: Conclusion): Ending {
  const { outcome, reason } = outcomeOf(conclusion);
  if (outcome === 'forwarded') return { outcome };
  if (outcome === 'failed') return { outcome, refusedBy: 'target', ...(reason === undefined ? {} : { reason }) };
  if (outcome !== 'denied' || reason === undefined) return { outcome: 'allowed' };
  if (!reason.startsWith(BY_POLICY)) return { outcome: 'denied', refusedBy: 'interceptor', reason };
  const own = reason.slice(BY_POLICY.length);
  return { outcome: own === EVALUATION_FAILED ? 'undecided' : 'denied', refusedBy: 'policy', reason: own };
}
