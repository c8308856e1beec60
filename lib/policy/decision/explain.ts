import { InputError } from '../../contract/arguments/cedar-input';
import type { DesiredPolicy } from '../../contract/policy-set-document';
import type { Location } from '../../diagnostics/diagnostic';
import { CedarFailure } from '../cedar/cedar';
import { locateInPolicy } from '../text/statement-text';
import { authorize } from './authorize';
import { cedarRequest } from './cedar-request';
import { type ConditionResult, evaluateConditions, type PolicyEvaluation } from './evaluate-conditions';
import type { Decision, ToolCall } from './model';
import type { PolicySet } from './policy-set';

/** A condition that decided against a policy, with its place in the source. */
export interface FailedCondition {
  readonly text: string;
  /** `true` for a condition of an `unless` or behind a `!`. */
  readonly value: ConditionResult['value'];
  readonly message?: string;
  readonly location: Location;
}

/** How one candidate policy took a call. */
export interface CandidateExplanation extends Omit<PolicyEvaluation, 'failed'> {
  readonly policy: DesiredPolicy;
  readonly failed: readonly FailedCondition[];
}

/** A decision with what every candidate policy made of it. */
export interface Explanation {
  readonly decision: Decision;
  /** Policies whose action scope covers the tool; empty when the request could not be built. */
  readonly candidates: readonly CandidateExplanation[];
}

/**
 * Decides a call and says, for every policy of its tool, which conditions were true and which decided against the policy.
 * @param texts texts of the policy files, so that places can be underlined
 *
 * @example
 * const principal = principalFromClaims({ sub: 'ann' });
 * const { candidates } = explain(set, { principal, tool: 'refunds___refund', input: { amount: 20 }, now: new Date() });
 */
export function explain(set: PolicySet, call: ToolCall, texts?: ReadonlyMap<string, string>): Explanation {
  const decision = authorize(set, call);
  return { decision, candidates: candidatesOf(set, call, texts) };
}

function candidatesOf(set: PolicySet, call: ToolCall, texts?: ReadonlyMap<string, string>): CandidateExplanation[] {
  const tool = set.schema.tools.get(call.tool);
  if (tool === undefined) return [];
  try {
    const request = cedarRequest(set, tool, call);
    return set.candidates(tool).map((candidate) => {
      const { failed, ...evaluation } = evaluateConditions(candidate, request);
      const { policy } = candidate;
      const source = texts?.get(policy.origin.file);
      return {
        policy,
        ...evaluation,
        failed: failed.map(({ condition, value, message }) => ({
          text: condition.text,
          value,
          ...(message === undefined ? {} : { message }),
          location: locateInPolicy(policy, set.gatewayArn, condition.start, condition.end, source),
        })),
      };
    });
  } catch (error) {
    if (!(error instanceof InputError || error instanceof CedarFailure)) throw error;
    return [];
  }
}
