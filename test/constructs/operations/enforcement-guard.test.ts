import { Stack } from 'aws-cdk-lib';
import { Match, type Template } from 'aws-cdk-lib/assertions';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { beforeAll, describe, expect, it } from 'vitest';
import { EnforcementGuard, Notify, Observability } from '../../../lib';
import { CONTROL_PLANE_SOURCES, ENFORCING_OPERATIONS } from '../../../lib/contract/control-plane-call';
import { isJsonObject, type JsonObject } from '../../../lib/contract/json';
import { templateWith } from '../notes-gateway';

/** Actions that the guard's own function may take. */
function actionsOf(template: Template): string[] {
  const policies = template.findResources('AWS::IAM::Policy');
  return Object.entries(policies)
    .filter(([id]) => id.includes('EnforcementGuard'))
    .flatMap(
      ([, { Properties }]) =>
        (Properties as { PolicyDocument: { Statement: { Action: string | string[] }[] } }).PolicyDocument.Statement,
    )
    .flatMap(({ Action }) => Action);
}

type Pattern = { readonly [member: string]: Pattern | readonly unknown[] };

/** Whether an event fits a pattern of plain values. */
function matches(pattern: Pattern, event: JsonObject): boolean {
  return Object.entries(pattern).every(([member, wanted]) => {
    const found = event[member];
    if (Array.isArray(wanted)) return wanted.includes(found);
    return isJsonObject(found) && matches(wanted as Pattern, found);
  });
}

/** A call of the control plane as it comes over the bus. */
function trailEvent(eventSource: string, eventName: string): JsonObject {
  return {
    version: '0',
    'detail-type': 'AWS API Call via CloudTrail',
    source: 'aws.bedrock-agentcore',
    account: '111122223333',
    time: '2026-11-29T02:37:00Z',
    region: 'eu-west-1',
    resources: [],
    detail: { eventVersion: '1.11', eventSource, eventName, readOnly: false, requestParameters: {} },
  };
}

describe('EnforcementGuard', () => {
  let alarm: Template;
  let repair: Template;

  beforeAll(() => {
    const topic = Topic.fromTopicArn(new Stack(), 'Notices', 'arn:aws:sns:us-east-1:111122223333:notices');
    alarm = templateWith({ enforcementGuard: EnforcementGuard.alarm() });
    repair = templateWith({ enforcementGuard: EnforcementGuard.repair({ notify: [Notify.topic(topic)] }) });
  });

  // Covers assumed.update-rights
  it('reads, and writes nothing but its log, unless it repairs', () => {
    const writes = (template: Template): string[] =>
      actionsOf(template).filter((action) => !/:(Get|List|Describe|Filter)|^logs:(Create|Put)/.test(action));
    expect(writes(alarm)).toEqual([]);
    expect(writes(repair).toSorted()).toEqual(['bedrock-agentcore:UpdateGateway', 'iam:PassRole', 'sns:Publish']);
    const reads = new Set(actionsOf(alarm));
    expect(actionsOf(repair).filter((action) => !reads.has(action) && !writes(repair).includes(action))).toEqual([
      'bedrock-agentcore:GetPolicyEngine',
      'iam:GetRole',
    ]);
  });

  it('tells whom the observability of the gateway tells, unless it is given others', () => {
    const topic = (name: string) => Topic.fromTopicArn(new Stack(), name, `arn:aws:sns:us-east-1:111122223333:${name}`);
    const told = (guard: EnforcementGuard): unknown => {
      const observability = Observability.standard({ notify: [Notify.topic(topic('all'))] });
      const functions = templateWith({ observability, enforcementGuard: guard }).findResources('AWS::Lambda::Function');
      const [, fn] = Object.entries(functions).find(([id]) => id.includes('EnforcementGuard')) ?? [];
      return (fn?.['Properties'] as undefined | { Environment: { Variables: { TOPIC_ARNS: unknown } } })?.Environment
        .Variables.TOPIC_ARNS;
    };
    expect(told(EnforcementGuard.alarm())).toBe('arn:aws:sns:us-east-1:111122223333:all');
    expect(told(EnforcementGuard.alarm({ notify: [Notify.topic(topic('own'))] }))).toBe(
      'arn:aws:sns:us-east-1:111122223333:own',
    );
  });

  it('hands over no role but to the service', () => {
    repair.hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: {
        Statement: Match.arrayWith([
          Match.objectLike({
            Action: 'iam:PassRole',
            Condition: { StringEquals: { 'iam:PassedToService': 'bedrock-agentcore.amazonaws.com' } },
          }),
        ]),
      },
    });
  });

  it('hears of every call that can change what is enforced, in either spelling, and of no other', () => {
    const patterns = Object.values(alarm.findResources('AWS::Events::Rule')).map(
      ({ Properties }) => (Properties as { EventPattern?: Pattern }).EventPattern,
    );
    const hears = (event: JsonObject): boolean =>
      patterns.some((pattern) => pattern !== undefined && matches(pattern, event));
    for (const source of CONTROL_PLANE_SOURCES) {
      for (const operation of ENFORCING_OPERATIONS)
        expect([operation, hears(trailEvent(source, operation))]).toEqual([operation, true]);
      expect(hears(trailEvent(source, 'GetGateway'))).toBe(false);
    }
    expect(hears(trailEvent('iam.amazonaws.com', 'DeletePolicy'))).toBe(false);
  });

  it('is started by calls under both names of the service, by ends of its own deployments, and once an hour', () => {
    alarm.hasResourceProperties('AWS::Events::Rule', {
      EventPattern: {
        'detail-type': ['AWS API Call via CloudTrail'],
        detail: {
          eventSource: ['bedrock-agentcore.amazonaws.com', 'bedrock-agentcore-control.amazonaws.com'],
          eventName: Match.arrayWith(['UpdateGateway', 'UpdateGatewayTarget', 'UpdatePolicy', 'DeletePolicy']),
        },
      },
    });
    alarm.hasResourceProperties('AWS::Events::Rule', {
      EventPattern: { source: ['aws.cloudformation'], detail: { 'stack-id': [{ Ref: 'AWS::StackId' }] } },
    });
    alarm.hasResourceProperties('AWS::Events::Rule', { ScheduleExpression: 'rate(1 hour)' });
  });

  it('is watched itself: a look that failed, and two that were not made, are told with what to do', () => {
    const alarms = (template: Template) =>
      Object.entries(template.findResources('AWS::CloudWatch::Alarm'))
        .filter(([id]) => id.includes('EnforcementGuard'))
        .map(([, { Properties }]) => Properties as JsonObject);
    const series = { Namespace: 'AWS/Lambda', Statistic: 'Sum', Dimensions: [{ Name: 'FunctionName' }] };
    expect(alarms(repair)).toMatchObject([
      { ...series, MetricName: 'Errors', Threshold: 0, TreatMissingData: 'notBreaching' },
      {
        ...series,
        MetricName: 'Invocations',
        Threshold: 1,
        Period: 3_600,
        EvaluationPeriods: 2,
        TreatMissingData: 'breaching',
      },
    ]);
    for (const one of alarms(repair)) {
      expect(one['AlarmActions']).toEqual(['arn:aws:sns:us-east-1:111122223333:notices']);
      expect(one['AlarmDescription']).toMatch(/\. Runbook: .{40,}\.$/);
    }
    expect(alarms(alarm).map((one) => one['AlarmActions'])).toEqual([undefined, undefined]);
  });

  it('knows which gateway, set and documents are meant', () => {
    const ids = (type: string): string | undefined => Object.keys(alarm.findResources(type))[0];
    alarm.hasResourceProperties('AWS::Lambda::Function', {
      Environment: {
        Variables: Match.objectLike({
          STACK_ID: { Ref: 'AWS::StackId' },
          GATEWAY_LOGICAL_ID: ids('AWS::BedrockAgentCore::Gateway'),
          SET_LOGICAL_ID: ids('Custom::AgentCorePolicySet'),
          REPAIR: 'false',
          TOPIC_ARNS: '',
        }),
      },
    });
  });
});
