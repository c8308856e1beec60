import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type { IGovernedGateway } from '../../i-governed-gateway';

const PERIOD = Duration.minutes(5);

/** A row about how long everything takes, and what fails. */
export function functionWidgets(gateway: IGovernedGateway): cloudwatch.IWidget[][] {
  const { interceptors = [], tools = [] } = gateway.functions;
  const named = (label: string): cloudwatch.MetricOptions => ({ label, period: PERIOD });
  const latencies = [
    gateway.metricPolicyLatency(named('Policies, p90')),
    ...interceptors.map((fn, index) =>
      fn.metricDuration({ ...named(`Interceptor ${index + 1} of ${interceptors.length}, p90`), statistic: 'p90' }),
    ),
    gateway.metric('TargetExecutionTime', {
      ...named('Targets, average'),
      dimensionsMap: { Method: 'tools/call' },
    }),
  ];
  const failures = [
    gateway.metric('Throttles', named('Throttled requests')),
    gateway.metric('SystemErrors', named('Server errors')),
    ...[...interceptors, ...tools].map((fn, index) =>
      fn.metricErrors(
        named(
          index < interceptors.length
            ? `Errors of interceptor ${index + 1}`
            : `Errors of tools ${index + 1 - interceptors.length}`,
        ),
      ),
    ),
  ];
  return [
    [
      new cloudwatch.GraphWidget({
        title: 'Milliseconds',
        left: latencies,
        leftYAxis: { min: 0, showUnits: false },
        width: 12,
        height: 6,
      }),
      new cloudwatch.GraphWidget({ title: 'Throttles and errors', left: failures, width: 12, height: 6 }),
    ],
  ];
}
