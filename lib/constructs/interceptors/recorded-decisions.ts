import { LOCAL_GATEWAY_ARN } from '../../contract/local-arn';
import type { DecisionRecordConfig } from '../../contract/steps/decision-record';
import { GovernanceError } from '../../diagnostics/governance-error';
import { preparePolicySet } from '../../policy/decision/policy-set';
import { recordedTools } from '../../policy/decision/recorded-tools';
import type { GatewayView } from '../parts/gateway-view';

/** What the policies of a gateway can read, by tool. */
export type RecordedDecisions = Pick<DecisionRecordConfig, 'tools' | 'mode'>;

/** Before the gateway is known, and for a hash that a change of policies must not change. */
export const NOTHING_RECORDED = (): RecordedDecisions => ({ tools: {}, mode: 'ENFORCE' });

/** Reads it off the policies as they are deployed. Policies that do not parse fail the synth by findings of their own. */
export function recordedDecisions({
  mode,
  targets,
  compiled,
}: Pick<GatewayView, 'mode' | 'targets' | 'compiled'>): RecordedDecisions {
  try {
    const set = preparePolicySet({ policies: compiled.policies, targets, mode, gatewayArn: LOCAL_GATEWAY_ARN });
    return { tools: recordedTools(set), mode };
  } catch (error) {
    if (!GovernanceError.is(error)) throw error;
    return { tools: {}, mode };
  }
}
