import type { Policy, PolicySummary } from '@aws-sdk/client-bedrock-agentcore-control';
import type { PolicyEnforcement, ValidationMode } from '../../../lib/contract/decision';
import type { PolicyOrigin } from '../../../lib/contract/policy-set-document';
import { sameStatement } from '../../../lib/contract/statement';
import { TIMES } from '../timing';

/** A policy of the document, bound to its gateway, as it is to be sent. */
export interface TargetPolicy {
  /** Id in the sources. */
  readonly id: string;
  readonly name: string;
  readonly effect: 'permit' | 'forbid';
  readonly statement: string;
  /** The author's own text. */
  readonly description: string | undefined;
  readonly validationMode: ValidationMode;
  readonly enforcementMode: PolicyEnforcement;
  readonly origin: PolicyOrigin;
}

export type Status =
  | 'CREATING'
  | 'ACTIVE'
  | 'UPDATING'
  | 'DELETING'
  | 'CREATE_FAILED'
  | 'UPDATE_FAILED'
  | 'DELETE_FAILED';

/** The state of a policy on the service, known without decrypting it. Times in milliseconds since the epoch. */
export interface PolicyState {
  readonly policyId: string;
  readonly name: string;
  readonly status: Status;
  readonly createdAt: number;
  readonly updatedAt: number;
}

/** A policy on the service. */
export interface ActualPolicy extends PolicyState {
  /** Empty for a policy that was made from a generation. */
  readonly statement: string;
  readonly description: string;
  readonly enforcementMode: PolicyEnforcement;
  readonly reasons: readonly string[];
}

/** A policy that cannot be brought to where it should be. */
export interface Failure {
  readonly name: string;
  /** Absent for a policy that is not in the document. */
  readonly target?: TargetPolicy;
  readonly reasons: readonly string[];
}

export function policyState(answer: PolicySummary | Policy): PolicyState {
  return {
    policyId: required(answer.policyId, 'policyId'),
    name: required(answer.name, 'name'),
    status: required(answer.status, 'status') as Status,
    createdAt: answer.createdAt?.getTime() ?? 0,
    updatedAt: answer.updatedAt?.getTime() ?? 0,
  };
}

export function actualPolicy(answer: Policy): ActualPolicy {
  return {
    ...policyState(answer),
    statement: answer.definition?.cedar?.statement ?? answer.definition?.policy?.statement ?? '',
    description: answer.description ?? '',
    enforcementMode: answer.enforcementMode ?? 'ACTIVE',
    reasons: answer.statusReasons ?? [],
  };
}

function required<T>(value: T | undefined, member: string): T {
  if (value === undefined) throw new Error(`the service's answer has no ${member}`);
  return value;
}

/** Whether a policy is on its way to another status. */
export function isChanging({ status }: PolicyState): boolean {
  return status === 'CREATING' || status === 'UPDATING' || status === 'DELETING';
}

/** Whether the service has been at work on a policy for longer than it should. */
export function isStuck(policy: PolicyState, now: number): boolean {
  if (policy.status === 'CREATING') return now - policy.createdAt >= TIMES.stuckCreating;
  return isChanging(policy) && now - policy.updatedAt >= TIMES.stuckChanging;
}

/** Whether the service is still at work on a policy. One that is stuck is not waited for. */
export function inProgress(policy: PolicyState, now: number): boolean {
  return isChanging(policy) && !isStuck(policy, now);
}

/** Whether a policy decides: also while it is changed, and after a change that failed, which keeps the statement of before. */
export function isInForce({ status, enforcementMode }: ActualPolicy): boolean {
  return enforcementMode === 'ACTIVE' && ['ACTIVE', 'UPDATING', 'UPDATE_FAILED', 'DELETE_FAILED'].includes(status);
}

/** Whether a policy is what was declared in everything that decides, whatever its description says. */
export function isSameContent(target: TargetPolicy, policy: ActualPolicy): boolean {
  return (
    target.name === policy.name &&
    target.enforcementMode === policy.enforcementMode &&
    sameStatement(target.statement, policy.statement)
  );
}
