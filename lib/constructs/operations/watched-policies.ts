import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import type { IGovernedGateway } from '../i-governed-gateway';
import { RUNBOOK } from './runbook';

/** Sets off an alarm with each call that one of some policies allows, such as emergency access. */
export class WatchedPolicies extends Construct {
  constructor(
    scope: Construct,
    id: string,
    private readonly gateway: IGovernedGateway,
    private readonly told: readonly ITopic[],
  ) {
    super(scope, id);
  }

  /**
   * Watches one more policy.
   *
   * @param policy id in the sources
   * @param policyId id on the service
   */
  watch(policy: string, policyId: string): void {
    const alarm = new cloudwatch.Alarm(this, policy.replaceAll('/', '-'), {
      metric: this.gateway.metricAllowed({ dimensionsMap: { Policy: policyId }, period: Duration.minutes(1) }),
      threshold: 0,
      comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_THRESHOLD,
      evaluationPeriods: 1,
      treatMissingData: cloudwatch.TreatMissingData.NOT_BREACHING,
      alarmDescription: RUNBOOK.breakGlass,
    });
    alarm.addAlarmAction(...this.told.map((topic) => new SnsAction(topic)));
  }
}
