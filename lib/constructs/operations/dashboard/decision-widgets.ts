import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { AUTHORIZE_ACTION, METRIC_NAMESPACE } from '../../../contract/decision-metrics';
import { OPERATIONS_DIMENSIONS, OPERATIONS_METRICS, OPERATIONS_NAMESPACE } from '../../../contract/operations-metrics';
import type { IGovernedGateway } from '../../i-governed-gateway';

const PERIOD = Duration.minutes(5);

/** Rows about what was decided. */
export function decisionWidgets(gateway: IGovernedGateway): cloudwatch.IWidget[][] {
  const labelled = (label: string, color: string): cloudwatch.MetricOptions => ({ label, color, period: PERIOD });
  const denied = gateway.metricDenied(labelled('Denied', cloudwatch.Color.RED));
  const wouldBeDenied = gateway.metricWouldBeDenied(labelled('Would be denied', cloudwatch.Color.ORANGE));
  const undecided = gateway.metricUndecided(labelled('Undecided', cloudwatch.Color.PURPLE));
  const unmatched = gateway.metricUnmatched(labelled('No policy applies', cloudwatch.Color.GREY));
  const allowed = gateway.metricAllowed(labelled('Allowed', cloudwatch.Color.GREEN));
  return [
    [
      new cloudwatch.GraphWidget({
        title: 'Decisions',
        left: [allowed, denied, wouldBeDenied],
        stacked: true,
        width: 16,
        height: 6,
      }),
      new cloudwatch.SingleValueWidget({
        title: 'Look at these',
        metrics: [wouldBeDenied, undecided, unmatched],
        setPeriodToTimeRange: true,
        width: 8,
        height: 6,
      }),
    ],
    [
      new cloudwatch.GraphWidget({ title: 'Denials by tool', left: [denialsByTool(gateway)], width: 12, height: 6 }),
      new cloudwatch.GraphWidget({
        title: 'Denials by policy',
        left: [denialsByPolicy(gateway)],
        width: 12,
        height: 6,
      }),
    ],
  ];
}

/** Tools are not known here, so their series are searched for. A quoted term is a whole value of a dimension. */
function denialsByTool({ gatewayName }: IGovernedGateway): cloudwatch.IMetric {
  const { gateway, tool } = OPERATIONS_DIMENSIONS;
  const terms = `MetricName="${OPERATIONS_METRICS.denials}" ${gateway}="${gatewayName}"`;
  return search([OPERATIONS_NAMESPACE, gateway, tool], terms, labelBy(tool));
}

function denialsByPolicy({ gatewayId }: IGovernedGateway): cloudwatch.IMetric {
  const terms = `MetricName="DenyDecisions" OperationName="${AUTHORIZE_ACTION}" TargetResource="${gatewayId}"`;
  return search([METRIC_NAMESPACE, 'OperationName', 'Policy', 'TargetResource'], terms, labelBy('Policy'));
}

/** Labels each series with the value of a dimension. */
function labelBy(dimension: string): string {
  return `\${PROP('Dim.${dimension}')}`;
}

function search(schema: readonly string[], terms: string, label: string): cloudwatch.IMetric {
  const expression = `SEARCH('{${schema.join(',')}} ${terms}', 'Sum', ${PERIOD.toSeconds()})`;
  return new cloudwatch.SearchExpression({ expression, label, period: PERIOD });
}
