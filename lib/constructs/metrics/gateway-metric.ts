import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { AUTHORIZE_ACTION, METRIC_NAMESPACE } from '../../contract/decision-metrics';
import { OPERATIONS_DIMENSIONS, OPERATIONS_NAMESPACE } from '../../contract/operations-metrics';
import { GovernanceError } from '../../diagnostics/governance-error';
import { suggest } from '../../diagnostics/suggest';
import { METRIC_SERIES, type MetricSeries } from './metric-series';

/** The gateway that a metric is about. */
export interface MeasuredGateway {
  readonly gatewayId: string;
  readonly gatewayArn: string;
  readonly gatewayName: string;
}

type Dimensions = { readonly [name: string]: string };

/**
 * A metric of one gateway on exactly one set of dimensions. What `dimensionsMap` names comes on top of the dimensions of the gateway as a
 * whole. Throws a GovernanceError for a metric, or for dimensions, that the service publishes no series for: charts would stay empty.
 */
export function gatewayMetric(
  gateway: MeasuredGateway,
  metricName: string,
  options: cloudwatch.MetricOptions = {},
): cloudwatch.Metric {
  const { dimensionsMap = {}, ...rest } = options;
  const series = METRIC_SERIES.filter((candidate) => candidate.metricName === metricName);
  if (series.length === 0) {
    const known = METRIC_SERIES.map((candidate) => candidate.metricName);
    throw GovernanceError.of('GATEWAY_METRIC_UNKNOWN', { name: metricName, suggestion: suggest(metricName, known) });
  }
  for (const candidate of series) {
    const dimensions = { ...dimensionsOf(gateway, candidate), ...dimensionsMap };
    if (!hasSeries(candidate, dimensions)) continue;
    const { statistic, publisher } = candidate;
    const namespace = publisher === 'library' ? OPERATIONS_NAMESPACE : METRIC_NAMESPACE;
    const identity = { namespace, metricName, dimensionsMap: dimensions };
    return new cloudwatch.Metric({ statistic, ...rest, ...identity });
  }
  const sets = series.flatMap((candidate) => candidate.dimensionSets);
  throw GovernanceError.of('GATEWAY_METRIC_DIMENSIONS', { name: metricName, given: Object.keys(dimensionsMap), sets });
}

/** The dimensions with which a metric is about the gateway as a whole. */
function dimensionsOf(gateway: MeasuredGateway, series: MetricSeries): Dimensions {
  // Only here: the name of an imported gateway may be unknown.
  if (series.publisher === 'library') return { [OPERATIONS_DIMENSIONS.gateway]: gateway.gatewayName };
  const { gatewayId, gatewayArn } = gateway;
  if (series.publisher === 'gateway') return { Operation: 'InvokeGateway', Protocol: 'MCP', Resource: gatewayArn };
  const always = series.dimensionSets.every((set) => set.includes('PolicyEnforcementMode'));
  return {
    OperationName: AUTHORIZE_ACTION,
    TargetResource: gatewayId,
    ...(always && { PolicyEnforcementMode: 'ACTIVE' }),
  };
}

function hasSeries({ operation, dimensionSets }: MetricSeries, dimensions: Dimensions): boolean {
  if (operation !== undefined && dimensions['OperationName'] !== operation) return false;
  const names = Object.keys(dimensions);
  return dimensionSets.some((set) => set.length === names.length && set.every((name) => names.includes(name)));
}
