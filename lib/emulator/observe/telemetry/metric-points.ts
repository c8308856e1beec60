import { AUTHORIZE_ACTION, METRIC_NAMESPACE } from '../../../contract/decision-metrics';
import type { JsonObject } from '../../../contract/json';
import { LOCAL_ENGINE_ID, LOCAL_GATEWAY_ARN, LOCAL_GATEWAY_ID, localPolicyId } from '../../../contract/local-arn';
import type { MeasuredCall } from './measured-call';

type Dimensions = { readonly [name: string]: string };

const [O, T] = [{ OperationName: AUTHORIZE_ACTION }, { TargetResource: LOCAL_GATEWAY_ID }];
const E = { PolicyEngine: LOCAL_ENGINE_ID };
const OF_GATEWAY: readonly Dimensions[] = [O, { ...O, ...E }, { ...O, ...T }, { ...O, ...E, ...T }];

/**
 * The metric data points of a call, in the JSON form of CloudWatch metric streams. One decision counts in every set of dimensions, as on the
 * service. The sets are those of `METRIC_SERIES` in `lib/constructs/metrics/`, to which a test holds them.
 */
export function metricPoints(call: MeasuredCall): JsonObject[] {
  return [...ofRequest(call), ...(call.outcome === undefined ? [] : ofDecision(call))];
}

function ofRequest(call: MeasuredCall): JsonObject[] {
  const gateway = { Operation: 'InvokeGateway', Protocol: 'MCP', Resource: LOCAL_GATEWAY_ARN };
  const sets = [gateway, { ...gateway, Method: call.method }, { ...gateway, Method: call.method, Name: call.tool }];
  const isServer = call.status >= 500;
  const isClient = call.status >= 400 && !isServer && call.status !== 429;
  return [
    ...each(call, 'Invocations', sets, 1),
    ...each(call, 'SystemErrors', sets, isServer ? 1 : 0),
    ...each(call, 'UserErrors', sets, isClient ? 1 : 0),
    ...each(call, 'Throttles', sets, call.status === 429 ? 1 : 0),
    ...each(call, 'Latency', sets, call.total, 'Milliseconds'),
    ...each(call, 'Duration', sets, call.total, 'Milliseconds'),
    ...(call.durations.target === undefined
      ? []
      : each(call, 'TargetExecutionTime', sets, call.durations.target, 'Milliseconds')),
  ];
}

function ofDecision(call: MeasuredCall): JsonObject[] {
  const { outcome, determining, flips, mode, durations, erring = [] } = call;
  const decided = outcome === 'ALLOW' ? 'AllowDecisions' : 'DenyDecisions';
  const byPolicy = (policies: readonly string[]): Dimensions[] =>
    policies.flatMap((policy) => [
      { ...O, Policy: localPolicyId(policy), ...T },
      { ...O, Policy: localPolicyId(policy), ...E, ...T },
    ]);
  const decisions = [...OF_GATEWAY, ...byPolicy(determining)];
  const flipping = flips.filter(({ to }) => to !== 'ERROR').map(({ policy }) => policy);
  const mismatched = [...erring, ...flips.filter(({ to }) => to === 'ERROR').map(({ policy }) => policy)];
  return [
    ...each(call, decided, decisions, 1),
    ...each(
      call,
      decided,
      decisions.map((set) => ({ ...set, Mode: mode })),
      1,
    ),
    ...each(call, 'DeterminingPolicies', OF_GATEWAY, determining.length),
    ...each(call, 'NoDeterminingPolicies', OF_GATEWAY, determining.length === 0 ? 1 : 0),
    ...each(call, 'TotalMismatchedPolicies', OF_GATEWAY, mismatched.length),
    ...each(call, 'PolicyMismatch', byPolicy(mismatched), 1),
    ...each(call, 'LogOnlyMatches', [...OF_GATEWAY, ...byPolicy(flipping)], flipping.length > 0 ? 1 : 0),
    ...each(call, 'LogOnlyDecisionFlips', [...OF_GATEWAY, ...byPolicy(flipping)], flipping.length > 0 ? 1 : 0),
    ...(erring.length === 0 && outcome !== 'ERROR'
      ? []
      : each(
          call,
          'MismatchErrors',
          [...OF_GATEWAY, ...byPolicy(erring)].map((set) => ({ ...set, PolicyEnforcementMode: 'ACTIVE' })),
          1,
        )),
    ...each(call, 'Invocations', [{ ...O, ...T }], 1),
    ...each(call, 'Latency', [{ ...O, ...T }], durations.policy ?? 0, 'Milliseconds'),
  ];
}

function each(
  call: MeasuredCall,
  metric_name: string,
  sets: readonly Dimensions[],
  value: number,
  unit = 'Count',
): JsonObject[] {
  return sets.map((dimensions) => ({
    namespace: METRIC_NAMESPACE,
    metric_name,
    dimensions: { ...dimensions },
    timestamp: Date.parse(call.time),
    value: { count: 1, sum: value, max: value, min: value },
    unit,
  }));
}
