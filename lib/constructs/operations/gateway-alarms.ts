import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import type { IGovernedGateway } from '../i-governed-gateway';

/** What is watched, and who is told. */
export interface GatewayAlarmsProps {
  /** The gateway, of this app or of another one. */
  readonly gateway: IGovernedGateway;
  /**
   * What happens when an alarm goes off, for example `new SnsAction(topic)`.
   *
   * @default - the state of the alarm changes, and nobody is told
   */
  readonly actions?: cloudwatch.IAlarmAction[];
}

const MINUTE = Duration.minutes(1);

/**
 * Alarms on what a gateway decides. The description of each says what to do. There is none on the severity of log lines: a denial under
 * LOG_ONLY is an error there, though the call went through.
 *
 * @example
 * new GatewayAlarms(this, 'Alarms', { gateway });
 */
export class GatewayAlarms extends Construct {
  /** A policy in force could not be evaluated. */
  readonly undecided: cloudwatch.Alarm;
  /** More calls are denied than usual. */
  readonly denials: cloudwatch.Alarm;
  /** The gateway answered with errors of its own or of its targets. */
  readonly gatewayErrors: cloudwatch.Alarm;
  /** Something changed what the gateway enforces. Needs an enforcement guard. */
  readonly enforcementChanged: cloudwatch.Alarm;

  constructor(scope: Construct, id: string, { gateway, actions = [] }: GatewayAlarmsProps) {
    super(scope, id);
    const sum = { period: MINUTE, statistic: 'Sum' };
    this.undecided = this.above(
      'Undecided',
      gateway.metricUndecided(sum),
      'A policy in force could not be evaluated, and its calls fail. Runbook: read `mismatched_policies` in the spans of AuthorizeAction, run the policy tests, deploy the set that was in force before.',
    );
    this.gatewayErrors = this.above(
      'GatewayErrors',
      gateway.metric('SystemErrors', sum),
      'Calls ended with a server error of the gateway or a target. Runbook: find the tool in metric SystemErrors by Name, then read the logs of its target and of the interceptors.',
    );
    this.enforcementChanged = this.above(
      'EnforcementChanged',
      gateway.metricEnforcementChanged(sum),
      'Mode, engine, policies or interceptors were changed, and no deployment did it. Runbook: find who did it in CloudTrail, deploy the stack again, then verify the deployed gateway.',
    );
    this.denials = new cloudwatch.AnomalyDetectionAlarm(this, 'Denials', {
      metric: gateway.metricDenied({ period: Duration.minutes(5), statistic: 'Sum' }),
      stdDevs: 3,
      comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_UPPER_THRESHOLD,
      evaluationPeriods: 2,
      treatMissingData: cloudwatch.TreatMissingData.NOT_BREACHING,
      alarmDescription:
        'More calls are denied than usual. Runbook: see whether a deployment changed policies or claims; if none did, find the caller and the reason in the log of the gateway.',
    });
    const all = [this.undecided, this.denials, this.gatewayErrors, this.enforcementChanged];
    for (const alarm of all) alarm.addAlarmAction(...actions);
  }

  /** An alarm on the first event. Without events there are no data, and nothing is wrong. */
  private above(id: string, metric: cloudwatch.Metric, alarmDescription: string): cloudwatch.Alarm {
    return new cloudwatch.Alarm(this, id, {
      metric,
      threshold: 0,
      comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_THRESHOLD,
      evaluationPeriods: 1,
      treatMissingData: cloudwatch.TreatMissingData.NOT_BREACHING,
      alarmDescription,
    });
  }
}
