/** What to do about each alarm, as its description says it: what happened, then the steps. */
export const RUNBOOK = {
  undecided:
    'A policy in force could not be evaluated, and its calls fail. Runbook: read `mismatched_policies` in the spans of AuthorizeAction, run the policy tests, deploy the set that was in force before.',
  gatewayErrors:
    'Calls ended with a server error of the gateway or a target. Runbook: find the tool in metric SystemErrors by Name, then read the logs of its target and of the interceptors.',
  enforcementChanged:
    'Mode, engine, policies or interceptors were changed, and no deployment did it. Runbook: find who did it in CloudTrail, deploy the stack again, then verify the deployed gateway.',
  denials:
    'More calls are denied than usual. Runbook: see whether a deployment changed policies or claims; if none did, find the caller and the reason in the last denials of the dashboard, and lock the caller if it is an attack.',
  interceptorErrors:
    'An interceptor crashed or was stopped; calls that rely on it are denied. Runbook: read the last errors in its log group, then deploy the version before.',
  interceptorThrottles:
    'An interceptor could not start for lack of concurrency, and calls were refused. Runbook: see the concurrency of the account and of other functions, then raise or reserve it.',
  interceptorTimeouts:
    'An interceptor took nearly its 10 seconds or was stopped by them; the service may let a request through then, and only guard policies deny it. Runbook: find the slow step in its log, and the table, secret or role that it waits for.',
  targetErrors:
    'A function that runs tools crashed or was stopped. Runbook: read the last errors in its log group; clients see a tool error and nothing else.',
  policyHandlers:
    'The custom resource of the policy engine or of its policies failed, and a deployment with it. Runbook: read the message of the failed resource in CloudFormation, look it up in docs/policy-engine.md, deploy again.',
  breakGlass:
    'Somebody used emergency access. Runbook: find the caller and the calls in the audit log, ask what is on fire, and take everybody out of the group when it is over.',
  notices:
    'Block notices could not be written or sent, so that nobody was told of denials. Runbook: read the last errors in the log group of the notices, then look into the denials of the dashboard.',
  guardFailed:
    'The enforcement guard could not look, so that nobody knows whether the gateway is as declared. Runbook: read the last errors in its log group (a missing right, a throttled control plane), then run governed-gateway verify --control-plane by hand.',
  guardSilent:
    'The enforcement guard has not looked for two hours, though it looks once an hour. Runbook: see whether its rules in EventBridge are enabled and its function can start, find who changed them in CloudTrail, deploy the stack again, then run governed-gateway verify --control-plane by hand.',
} as const;
