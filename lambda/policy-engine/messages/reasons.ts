import { LIMITS } from '../../../lib/contract/limits';

/** Reasons that this resource finds itself why a policy is not as declared, each with what to do. */
export const REASONS = {
  foreignName: {
    reason: 'the engine holds a policy of this name that this resource did not make',
    help: 'rename the policy, or remove the other one: in an engine that was passed in, only policies of this resource are touched',
  },
  nameTaken: {
    reason: 'the name is taken by a policy that is not in this engine',
    help: 'policy names are unique in an account and Region: look for the name in other engines, and choose another one',
  },
  busy: {
    reason: 'the service keeps answering that the policy is busy',
    help: 'another change of the policy does not end: deploy again when it has, or ask AWS Support',
  },
  notCreated: {
    reason: 'the service keeps refusing to create the policy',
    help: 'look for a policy of this name in other engines, and whether somebody else is changing this engine, then deploy again',
  },
  neverEqual: {
    reason: 'the service accepts the policy, but keeps returning another one',
    help: 'most likely somebody else, or a second run of this deployment, changes the policy at the same time: deploy again when that has ended',
  },
  neverGone: {
    reason: 'the service accepts the removal, but keeps returning the policy',
    help: 'most likely somebody else, or a second run of this deployment, changes the policy at the same time: deploy again when that has ended',
  },
  vanished: {
    reason: 'the service accepts the policy, but never returns it',
    help: 'most likely somebody else, or a second run of this deployment, changes the policy at the same time: deploy again when that has ended',
  },
  stuck: {
    reason: 'still',
    help: 'the service did not end what it had accepted: deploy again, and if that does not help, simplify the statement and ask AWS Support',
  },
  full: {
    reason: 'the quota is used up',
    help: `an engine takes ${LIMITS.policiesPerEngine} policies: remove some in a deployment of its own, since new policies come before old ones go`,
  },
  unexplained: {
    reason: 'the service gave no reason',
    help: 'look for the policy in the console, deploy again, and if that does not help, ask AWS Support',
  },
  notYet: {
    reason: 'not begun yet',
    help: 'deploy again: the change goes on from what is there',
  },
} as const;

/** Texts in the service's reasons, and what to do about them. Source: platform notes on validation and permissions. */
export const SERVICE_REASONS: readonly { readonly text: RegExp; readonly help: string; readonly passing?: true }[] = [
  {
    text: /InterceptorException|interceptor/i,
    help: 'the REQUEST interceptor refused the call with which the service inspects the gateway: let discovery messages without a bearer token pass',
    // Also of a gateway whose right to invoke its interceptor is new.
    passing: true,
  },
  {
    text: /Insufficient permissions to call gateway/i,
    help: 'allow `bedrock-agentcore:InvokeGateway` on the gateway to the role of this custom resource',
    passing: true,
  },
  {
    text: /unrecognized action|is not defined in the schema|unable to find an applicable action/i,
    help: 'no READY target of the gateway has this tool: write the action as `<target>___<tool>` with three underscores, and let the policy set depend on the target',
  },
  {
    text: /wildcard resource was detected|constrain the resource to a specific/i,
    help: 'write `resource == ?resource` to name the gateway that the policy is deployed to',
  },
  {
    text: /Overly Permissive/i,
    help: 'add a condition, or acknowledge the finding with `@validation("IGNORE_ALL_FINDINGS")` above the policy',
  },
  {
    text: /Overly Restrictive/i,
    help: 'narrow the forbid (its principal type is often missing), or acknowledge the finding with `@validation("IGNORE_ALL_FINDINGS")`',
  },
  { text: /already exists/i, help: REASONS.nameTaken.help },
];

/** Help for a reason, when it is a known one. */
export function helpFor(reason: string): string | undefined {
  const own = Object.values(REASONS).find((known) => reason.startsWith(known.reason));
  return own?.help ?? SERVICE_REASONS.find(({ text }) => text.test(reason))?.help;
}

/** Whether a failure may be over by itself soon, as a permission that IAM has not propagated yet. */
export function isPassing(reasons: readonly string[]): boolean {
  const passing = SERVICE_REASONS.filter((known) => known.passing);
  return reasons.length > 0 && reasons.every((reason) => passing.some(({ text }) => text.test(reason)));
}
