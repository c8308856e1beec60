import { diagnostic } from '../../../diagnostics/diagnostic';
import { authorize } from '../../decision/authorize';
import { PolicySet } from '../../decision/policy-set';
import type { Failure } from '../truth/failures';
import type { Lint, LintContext } from './lint';

/** A policy that some call cannot be evaluated for, so that the call fails: after strict validation, by numbers beyond 64 bits. */
export const canFail: Lint = {
  policy(policy, context) {
    const failure = context.truth.failures.find((one) => one.policy === policy);
    if (failure === undefined || !(failure.beyondJson || isConfirmed(failure, context))) return [];
    const { call } = failure.witness;
    const params = { tool: call.tool, input: JSON.stringify(call.input), beyondJson: failure.beyondJson };
    return [diagnostic('POLICY_CAN_FAIL', params, { location: policy.head })];
  },
};

/** What the encoding has no words for may fail, as far as proofs know: the call says. */
function isConfirmed({ policy, witness }: Failure, { schema, gatewayArn, input }: LintContext): boolean {
  const { id } = policy.policy;
  const active = { ...policy.prepared, policy: { ...policy.policy, enforcementMode: 'ACTIVE' as const } };
  const alone = new PolicySet(new Map([[id, active]]), schema, 'ENFORCE', gatewayArn, input.switches ?? {});
  return authorize(alone, witness.call).errors.some((error) => error.policy === id);
}
