import { AUTHORIZE_ACTION } from '../../contract/decision-metrics';
import { OPERATIONS_DIMENSIONS, OPERATIONS_METRICS } from '../../contract/operations-metrics';

/** Names of dimensions that the service publishes a metric with, together. */
export type DimensionSet = readonly string[];

/** A metric and the exact sets of dimensions that it has series for. One event counts in every set, so sum one set only. */
export interface MetricSeries {
  readonly metricName: string;
  /** What publishes it: the gateway for each request, the policy engine for each decision, or a function of this library. */
  readonly publisher: 'gateway' | 'policy-engine' | 'library';
  /** The operation that alone has these sets; absent for all. */
  readonly operation?: string;
  readonly dimensionSets: readonly DimensionSet[];
  /** Statistic that charts and alarms want, unless they say otherwise. */
  readonly statistic: 'Sum' | 'Average' | 'p90';
}

// Operation, target resource (the bare id of the gateway), policy engine, policy, mode of attachment, tool, enforcement of the policy.
const [O, T, E, P, M, N, F] = [
  ...['OperationName', 'TargetResource', 'PolicyEngine', 'Policy'],
  ...['Mode', 'ToolName', 'PolicyEnforcementMode'],
] as [string, string, string, string, string, string, string];

const OF_GATEWAY: DimensionSet[] = [[O], [O, E], [O, T], [O, E, T]];
const OF_ONE_POLICY: DimensionSet[] = [[O, P, T], [O, P, E, T]]; // biome-ignore format: one line
const OF_TOOL: DimensionSet[] = [[O, T, N], [O, E, T, N]]; // biome-ignore format: one line
const OF_NAME: DimensionSet = [OPERATIONS_DIMENSIONS.gateway];
const OF_REQUEST: DimensionSet[] = [
  ['Operation', 'Protocol', 'Resource'],
  ['Operation', 'Protocol', 'Resource', 'Method'],
  ['Operation', 'Protocol', 'Resource', 'Method', 'Name'],
];

function andWith(dimension: string, sets: readonly DimensionSet[]): DimensionSet[] {
  return [...sets, ...eachWith(dimension, sets)];
}

function eachWith(dimension: string, sets: readonly DimensionSet[]): DimensionSet[] {
  return sets.map((set) => [...set, dimension]);
}

function ofRequest(statistic: MetricSeries['statistic'], ...names: string[]): MetricSeries[] {
  return names.map((metricName) => ({ metricName, publisher: 'gateway', dimensionSets: OF_REQUEST, statistic }));
}

function ofDecision(dimensionSets: readonly DimensionSet[], ...names: string[]): MetricSeries[] {
  return names.map((metricName) => ({ metricName, publisher: 'policy-engine', dimensionSets, statistic: 'Sum' }));
}

function ofLibrary(metricName: string, dimensionSets: readonly DimensionSet[]): MetricSeries {
  return { metricName, publisher: 'library', dimensionSets, statistic: 'Sum' };
}

function ofOperation(operation: string, dimensionSets: readonly DimensionSet[], ...names: string[]): MetricSeries[] {
  return ofDecision(dimensionSets, ...names).map((series) => ({ ...series, operation }));
}

/**
 * Every metric of a gateway with the sets that a live one was seen to publish, and those of this library. Gateway and policy engine both
 * publish `Invocations` and `Latency`. A metric that is documented and was never seen, such as `LogOnlyEvalIncomplete`, is not here: an
 * alarm on it would stay in INSUFFICIENT_DATA.
 *
 * Sources: inventory of the metrics of live gateways in `timwukp/agentcore-guardrails-design-validation` (August 2026), confirmed by the
 * governance module of `warren830/kirocrew-app-adlc` (October 2026); AgentCore developer guide, pages observability-gateway-metrics and
 * observability-policy-metrics.
 */
export const METRIC_SERIES: readonly MetricSeries[] = [
  ...ofRequest('Sum', 'Invocations', 'Throttles', 'SystemErrors', 'UserErrors'),
  ...ofRequest('Average', 'Latency', 'Duration', 'TargetExecutionTime'),
  ...ofOperation(AUTHORIZE_ACTION, andWith(M, [...OF_GATEWAY, ...OF_ONE_POLICY]), 'AllowDecisions', 'DenyDecisions'),
  ...ofOperation('PartiallyAuthorizeActions', andWith(M, OF_TOOL), 'AllowDecisions', 'DenyDecisions'),
  ...ofDecision(OF_GATEWAY, 'DeterminingPolicies', 'NoDeterminingPolicies', 'TotalMismatchedPolicies'),
  ...ofDecision([...OF_GATEWAY, ...OF_ONE_POLICY], 'LogOnlyMatches', 'LogOnlyDecisionFlips'),
  ...ofDecision(eachWith(F, [...OF_GATEWAY, ...OF_ONE_POLICY]), 'MismatchErrors'),
  ...ofDecision(OF_ONE_POLICY, 'PolicyMismatch'),
  ...ofDecision([[O, T]], 'Invocations'),
  { metricName: 'Latency', publisher: 'policy-engine', dimensionSets: [[O, T]], statistic: 'p90' },
  { metricName: 'GuardrailLatency', publisher: 'policy-engine', dimensionSets: [[O], [O, T]], statistic: 'p90' },
  ofLibrary(OPERATIONS_METRICS.enforcementChanged, [OF_NAME]),
  ofLibrary(OPERATIONS_METRICS.denials, [OF_NAME, [...OF_NAME, OPERATIONS_DIMENSIONS.tool]]),
];
