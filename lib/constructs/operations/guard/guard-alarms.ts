import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import type * as sns from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import { RUNBOOK } from '../runbook';

/** How often the guard looks when nothing happens. */
export const LOOKS_EVERY = Duration.hours(1);

/** Looks that are missed before somebody is told: one can be late. */
const MISSED = 2;

/**
 * Who watches the watchman: looks that failed, and looks that were never made, because its rules are switched off or its function cannot start. The
 * second alarm takes silence for a breach, so that it also goes off for the minutes between its creation and the first look, at the end of the
 * deployment. A lost event needs no dead-letter queue: every look compares everything, and the next one makes up for it.
 */
export function addGuardAlarms(scope: Construct, guard: lambda.IFunction, topics: readonly sns.ITopic[]): void {
  const alarms = [
    new cloudwatch.Alarm(scope, 'Failed', {
      metric: guard.metricErrors({ period: Duration.minutes(5), statistic: 'Sum' }),
      threshold: 0,
      comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_THRESHOLD,
      evaluationPeriods: 1,
      treatMissingData: cloudwatch.TreatMissingData.NOT_BREACHING,
      alarmDescription: RUNBOOK.guardFailed,
    }),
    new cloudwatch.Alarm(scope, 'Silent', {
      metric: guard.metricInvocations({ period: LOOKS_EVERY, statistic: 'Sum' }),
      threshold: 1,
      comparisonOperator: cloudwatch.ComparisonOperator.LESS_THAN_THRESHOLD,
      evaluationPeriods: MISSED,
      treatMissingData: cloudwatch.TreatMissingData.BREACHING,
      alarmDescription: RUNBOOK.guardSilent,
    }),
  ];
  for (const alarm of alarms) alarm.addAlarmAction(...topics.map((topic) => new SnsAction(topic)));
}
