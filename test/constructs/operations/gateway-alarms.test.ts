import { App, Stack, Validations } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { AwsSolutionsChecks } from 'cdk-nag';
import { describe, expect, it } from 'vitest';
import { GatewayAlarms, GovernedGateway } from '../../../lib';
import type { JsonObject } from '../../../lib/contract/json';
import { specErrors } from '../../house/template-spec';
import { findingsOf } from '../synth-findings';

const app = new App({ analyticsReporting: false });
Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
const stack = new Stack(app, 'Operations', { env: { account: '111122223333', region: 'eu-west-1' } });
const gateway = GovernedGateway.fromGovernedGatewayAttributes(stack, 'Notes', {
  gatewayId: 'notes-a1b2c3d4e5',
  policyEngineId: 'Notes-abcdefghij',
});
const topic = Topic.fromTopicArn(stack, 'Topic', 'arn:aws:sns:eu-west-1:111122223333:operations');
new GatewayAlarms(stack, 'Alarms', { gateway, actions: [new SnsAction(topic)] });
new GatewayAlarms(stack, 'Silent', { gateway });
const template = Template.fromStack(stack);
const alarms = Object.entries(template.findResources('AWS::CloudWatch::Alarm')).map(
  ([id, resource]) => [id, (resource as { Properties: JsonObject }).Properties] as const,
);
const told = alarms.filter(([id]) => id.startsWith('Alarms')).map(([, properties]) => properties);

describe('the alarms of a gateway', () => {
  it('watch one exact series each, and one an anomaly band', () => {
    expect(told.map((alarm) => alarm['MetricName']).filter((name) => name !== undefined)).toEqual([
      'MismatchErrors',
      'SystemErrors',
      'EnforcementChanged',
    ]);
    const banded = told.filter((alarm) => 'ThresholdMetricId' in alarm);
    expect(banded).toHaveLength(1);
    expect(JSON.stringify(banded)).toContain('"MetricName":"DenyDecisions"');
    expect(JSON.stringify(banded)).toContain('ANOMALY_DETECTION_BAND');
  });

  it('say what to do, are quiet without data, and tell the actions', () => {
    for (const alarm of told) {
      expect(alarm['AlarmDescription']).toMatch(/\. Runbook: .{40,}\.$/);
      expect(alarm).toMatchObject({ TreatMissingData: 'notBreaching' });
      expect(alarm['AlarmActions']).toEqual(['arn:aws:sns:eu-west-1:111122223333:operations']);
    }
  });

  it('tell nobody unless they are asked to', () => {
    const silent = alarms.filter(([id]) => id.startsWith('Silent'));
    expect(silent).toHaveLength(4);
    for (const [, alarm] of silent) expect(alarm['AlarmActions'] ?? []).toEqual([]);
  });

  it('are what the resource specification knows, without a finding of cdk-nag', () => {
    expect(specErrors(template.toJSON() as JsonObject)).toEqual([]);
    expect(findingsOf(app)).toEqual([]);
  });
});
