import { Stack } from 'aws-cdk-lib';
import { Match, type Template } from 'aws-cdk-lib/assertions';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { beforeAll, describe, expect, it } from 'vitest';
import { EnforcementGuard } from '../../../lib';
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

describe('EnforcementGuard', () => {
  let alarm: Template;
  let repair: Template;

  beforeAll(() => {
    const topic = Topic.fromTopicArn(new Stack(), 'Notices', 'arn:aws:sns:us-east-1:111122223333:notices');
    alarm = templateWith({ enforcementGuard: EnforcementGuard.alarm() });
    repair = templateWith({ enforcementGuard: EnforcementGuard.repair({ topic }) });
  });

  // Covers assumed.update-rights
  it('reads, and writes nothing but its log, unless it repairs', () => {
    const writes = (template: Template): string[] =>
      actionsOf(template).filter((action) => !/:(Get|List|Describe)|^logs:/.test(action));
    expect(writes(alarm)).toEqual([]);
    expect(writes(repair).toSorted()).toEqual(['bedrock-agentcore:UpdateGateway', 'iam:PassRole', 'sns:Publish']);
    const reads = new Set(actionsOf(alarm));
    expect(actionsOf(repair).filter((action) => !reads.has(action) && !writes(repair).includes(action))).toEqual([
      'bedrock-agentcore:GetPolicyEngine',
      'iam:GetRole',
    ]);
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

  it('knows which gateway, set and documents are meant', () => {
    const ids = (type: string): string | undefined => Object.keys(alarm.findResources(type))[0];
    alarm.hasResourceProperties('AWS::Lambda::Function', {
      Environment: {
        Variables: Match.objectLike({
          STACK_ID: { Ref: 'AWS::StackId' },
          GATEWAY_LOGICAL_ID: ids('AWS::BedrockAgentCore::Gateway'),
          SET_LOGICAL_ID: ids('Custom::AgentCorePolicySet'),
          REPAIR: 'false',
          TOPIC_ARN: '',
        }),
      },
    });
  });
});
