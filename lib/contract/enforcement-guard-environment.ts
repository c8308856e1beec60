/** Environment variables of the enforcement guard: what it watches. */
export interface EnforcementGuardEnvironment {
  /** ARN of the stack that makes the gateway. */
  readonly STACK_ID: string;
  readonly GATEWAY_LOGICAL_ID: string;
  /** Of the policy set resource, which says where the policies are. */
  readonly SET_LOGICAL_ID: string;
  readonly GATEWAY_NAME: string;
  readonly POLICY_ENGINE_ID: string;
  /** Bucket of the policy set documents. */
  readonly DOCUMENT_BUCKET: string;
  /** Whether mode, engine and interceptors are put back. */
  readonly REPAIR: 'true' | 'false';
  /** ARNs of the SNS topics of the notices, with commas between them; empty for none. */
  readonly TOPIC_ARNS: string;
}
