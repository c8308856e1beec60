import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { describe, expect, it } from 'vitest';
import { GatewayAlarms, GovernedGateway } from '../../../lib';
import type { JsonObject } from '../../../lib/contract/json';
import { findingsOf } from '../synth-findings';
import { checkByAllRules } from '../template-rules';
import { specErrors } from '../template-spec';

const app = new App({ analyticsReporting: false });
checkByAllRules(app);
const stack = new Stack(app, 'Operations', { env: { account: '111122223333', region: 'eu-west-1' } });
const gateway = GovernedGateway.fromGovernedGatewayAttributes(stack, 'Notes', {
  gatewayId: 'notes-a1b2c3d4e5',
  policyEngineId: 'Notes-abcdefghij',
  functions: {
    interceptors: ['request', 'response'].map((name) => lambda.Function.fromFunctionName(stack, name, name)),
    tools: [lambda.Function.fromFunctionName(stack, 'tools', 'tools')],
  },
});
const bare = GovernedGateway.fromGovernedGatewayAttributes(stack, 'Bare', {
  gatewayId: 'bare-a1b2c3d4e5',
  policyEngineId: 'Bare-abcdefghij',
});
const topic = Topic.fromTopicArn(stack, 'Topic', 'arn:aws:sns:eu-west-1:111122223333:operations');
new GatewayAlarms(stack, 'Alarms', { gateway, actions: [new SnsAction(topic)] });
const silent = new GatewayAlarms(stack, 'Silent', { gateway: bare });
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
      'Errors',
    ]);
    const banded = told.filter((alarm) => 'ThresholdMetricId' in alarm);
    expect(banded).toHaveLength(1);
    expect(JSON.stringify(banded)).toContain('"MetricName":"DenyDecisions"');
    expect(JSON.stringify(banded)).toContain('ANOMALY_DETECTION_BAND');
  });

  it('watch all interceptors of a gateway in one alarm each, and nothing that is not known', () => {
    const ofSeveral = told.flatMap(
      (alarm) => JSON.stringify(alarm).match(/"Expression":"((?:SUM|MAX)[^"]*)"/)?.[1] ?? [],
    );
    expect(ofSeveral).toEqual(['SUM([m0, m1])', 'SUM([m0, m1])', 'MAX([m0, m1])']);
    expect(JSON.stringify(told)).not.toContain('SEARCH');
    expect(silent.interceptorErrors ?? silent.targetErrors ?? silent.policyHandlerErrors).toBeUndefined();
    expect(silent.all()).toHaveLength(4);
  });

  it('say what to do, are quiet without data, and tell the actions', () => {
    for (const alarm of told) {
      expect(alarm['AlarmDescription']).toMatch(/\. Runbook: .{40,}\.$/);
      expect(alarm).toMatchObject({ TreatMissingData: 'notBreaching' });
      expect(alarm['AlarmActions']).toEqual(['arn:aws:sns:eu-west-1:111122223333:operations']);
    }
  });

  it('tell nobody unless they are asked to', () => {
    const untold = alarms.filter(([id]) => id.startsWith('Silent'));
    expect(untold).toHaveLength(4);
    for (const [, alarm] of untold) expect(alarm['AlarmActions'] ?? []).toEqual([]);
  });

  it('are what the resource specification knows, without a finding of cdk-nag', () => {
    expect(specErrors(template.toJSON() as JsonObject)).toEqual([]);
    expect(findingsOf(app)).toEqual([]);
  });
});
