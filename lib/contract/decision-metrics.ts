/** Namespace of the metrics of gateways and policy engines. Always published, without any log delivery. */
export const METRIC_NAMESPACE = 'AWS/Bedrock-AgentCore';

/** Operation in which a policy decides on a call; the other one, `PartiallyAuthorizeActions`, decides what a list shows. */
export const AUTHORIZE_ACTION = 'AuthorizeAction';

/** Decisions of one hour that the metrics have counted. */
export interface CountedDecisions {
  readonly decision: 'ALLOW' | 'DENY';
  /** Mode of the attachment: under LOG_ONLY a denied call goes through. */
  readonly mode: string;
  /** Id on the service of a policy that determined them. Absent for all of the gateway's decisions, which those of policies are among. */
  readonly policy?: string;
  /** When the hour begins, UTC. */
  readonly time: string;
  readonly count: number;
}
