import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, Duration, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as kms from 'aws-cdk-lib/aws-kms';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { describe, expect, it } from 'vitest';
import { BlockNotices, EnforcementGuard, GovernedGateway, Notify, Observability } from '../../../lib';
import type { JsonObject } from '../../../lib/contract/json';
import { unconditional } from '../../applications/unconditional';
import { notesProps, stackWith } from '../notes-gateway';
import { findingsOf } from '../synth-findings';
import { checkByAllRules } from '../template-rules';
import { specErrors } from '../template-spec';

const ENV = { account: '111122223333', region: 'eu-west-1' };
const app = new App({ analyticsReporting: false });
checkByAllRules(app);
const shared = new Stack(app, 'Shared', { env: ENV });
const topicArn = 'arn:aws:sns:eu-west-1:111122223333:operations';
const { stack, gateway } = stackWith(
  {
    ...notesProps(),
    encryptionKey: new kms.Key(shared, 'Key', { enableKeyRotation: true }),
    enforcementGuard: EnforcementGuard.repair(),
    observability: Observability.standard({
      maskedFields: ['owner'],
      noticeWindow: Duration.minutes(10),
      notify: [
        Notify.topic(Topic.fromTopicArn(shared, 'Topic', topicArn)),
        Notify.slack({ workspace: 'T0123ABCD', channel: 'C0123ABCD' }),
        Notify.webhook(
          Secret.fromSecretCompleteArn(
            shared,
            'Hook',
            'arn:aws:secretsmanager:eu-west-1:111122223333:secret:hook-a1b2c3',
          ),
        ),
      ],
    }),
  },
  app,
  ENV,
);
const found = findingsOf(app);
const template = Template.fromStack(stack);
const resources = (type: string) => Object.entries(template.findResources(type));

/** What the role of a function may do, beside writing its own log. */
function rightsOf(handler: string): { Action: string | string[]; Resource: unknown }[] {
  const [, fn] = resources('AWS::Lambda::Function').find(([, { Properties }]) => Properties.Handler === handler) ?? [];
  const [role] = (fn as { Properties: { Role: { 'Fn::GetAtt': [string] } } }).Properties.Role['Fn::GetAtt'];
  return resources('AWS::IAM::Policy')
    .filter(([, { Properties }]) => JSON.stringify(Properties.Roles).includes(`"${role}"`))
    .flatMap(([, { Properties }]) => Properties.PolicyDocument.Statement)
    .filter(({ Action }) => !JSON.stringify(Action).includes('logs:PutLogEvents'));
}

describe('the notices of a gateway', () => {
  it('go to the same topics as what a guard tells, which gets no right more than it uses', () => {
    const functions = resources('AWS::Lambda::Function').map(([id, { Properties }]) => ({
      id,
      ...Properties.Environment?.Variables,
    }));
    const guard = functions.find(({ id }) => id.includes('EnforcementGuard'));
    expect(guard?.TOPIC_ARNS).toEqual(functions.find(({ WINDOW_MINUTES }) => WINDOW_MINUTES !== undefined)?.TOPIC_ARNS);
    const actions = resources('AWS::IAM::Policy')
      .filter(([id]) => id.includes('EnforcementGuard'))
      .flatMap(([, { Properties }]) => Properties.PolicyDocument.Statement as { Action: string | string[] }[])
      .flatMap(({ Action }) => Action);
    expect([...new Set(actions)].sort()).toEqual([
      'bedrock-agentcore:GetGateway',
      'bedrock-agentcore:GetGatewayTarget',
      'bedrock-agentcore:GetPolicyEngine',
      'bedrock-agentcore:ListGatewayRateLimits',
      'bedrock-agentcore:ListGatewayTargets',
      'bedrock-agentcore:ListPolicies',
      'bedrock-agentcore:UpdateGateway',
      'cloudformation:DescribeStacks',
      'cloudformation:GetTemplate',
      'cloudformation:ListStackResources',
      'iam:GetRole',
      'iam:PassRole',
      'kms:Decrypt',
      'kms:DescribeKey',
      'kms:Encrypt',
      'kms:GenerateDataKey',
      'logs:CreateLogStream',
      'logs:FilterLogEvents',
      'logs:PutLogEvents',
      's3:GetObject',
      'sns:Publish',
    ]);
  });

  it('come from the log of the RESPONSE interceptor, once for each window', () => {
    template.hasResourceProperties('AWS::Events::Rule', { ScheduleExpression: 'cron(1/10 * * * ? *)' });
    template.hasResourceProperties('AWS::Lambda::Function', {
      Handler: 'index.tell',
      Environment: {
        Variables: Match.objectLike({
          LOG_GROUP: stack.resolve(gateway.denialLogGroup?.logGroupName),
          WINDOW_MINUTES: '10',
          TOPIC_ARNS: { 'Fn::Join': ['', Match.arrayWith([Match.stringLikeRegexp(topicArn)])] },
        }),
      },
    });
  });

  it('say of each policy what it is for, and know what is masked', () => {
    const directory = app.synth().directory;
    const assets = JSON.parse(readFileSync(join(directory, `${stack.artifactId}.assets.json`), 'utf8')) as {
      files: { [hash: string]: { source: { path: string } } };
    };
    const configs = Object.values(assets.files).flatMap(({ source }) => {
      try {
        return [JSON.parse(readFileSync(join(directory, source.path, 'notices.json'), 'utf8')) as JsonObject];
      } catch {
        return [];
      }
    });
    expect(configs).toHaveLength(1);
    expect(configs[0]).toMatchObject({ version: 1, maskedFields: ['owner'] });
    expect(JSON.stringify(configs[0])).toContain('notes.cedar');
  });

  it('are written by a function that may read that log, publish, and use the key, and nothing else', () => {
    const actions = rightsOf('index.tell').flatMap(({ Action }) => Action);
    expect(new Set(actions)).toEqual(
      new Set(['logs:FilterLogEvents', 'sns:Publish', 'kms:Decrypt', 'kms:GenerateDataKey']),
    );
    const posting = rightsOf('index.post').flatMap(({ Action }) => Action);
    expect(new Set(posting)).toEqual(new Set(['secretsmanager:GetSecretValue', 'secretsmanager:DescribeSecret']));
  });

  // Covers gateway.chat-notices, assumed.source-account
  it('go to Slack without rights for anybody there', () => {
    template.hasResourceProperties('AWS::Chatbot::SlackChannelConfiguration', {
      SlackWorkspaceId: 'T0123ABCD',
      SlackChannelId: 'C0123ABCD',
      GuardrailPolicies: [{ 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':iam::aws:policy/AWSDenyAll']] }],
      SnsTopicArns: [Match.anyValue()],
    });
    const roles = resources('AWS::IAM::Role').filter(([, role]) => JSON.stringify(role).includes('chatbot'));
    expect(roles.map(([, { Properties }]) => [Properties.Policies, Properties.ManagedPolicyArns])).toEqual([
      [undefined, undefined],
    ]);
    expect(JSON.stringify(roles)).toContain('aws:SourceAccount');
  });

  // Covers assumed.source-account
  it('go where every alarm goes, which may publish there', () => {
    for (const [, { Properties }] of resources('AWS::CloudWatch::Alarm')) {
      expect(Properties.AlarmActions).toHaveLength(3);
      expect(Properties.AlarmActions).toContain(topicArn);
      expect(Properties.AlarmDescription).toMatch(/\. Runbook: .{40,}\.$/);
    }
    const policies = resources('AWS::SNS::TopicPolicy').map(([, policy]) => JSON.stringify(policy));
    expect(policies).toHaveLength(2);
    for (const policy of policies)
      expect(policy).toMatch(
        /cloudwatch\.amazonaws\.com.*aws:SourceAccount|aws:SourceAccount.*cloudwatch\.amazonaws\.com/,
      );
    expect(JSON.stringify(Template.fromStack(shared).toJSON())).toContain('cloudwatch.amazonaws.com');
  });

  it('need a known log and a window that a schedule has', () => {
    const other = new Stack(new App(), 'Other');
    const attributes = { gatewayId: 'notes-a1b2c3d4e5', policyEngineId: 'Notes-abcdefghij' };
    const silent = GovernedGateway.fromGovernedGatewayAttributes(other, 'Silent', attributes);
    expect(() => new BlockNotices(other, 'A', { gateway: silent, notify: [] })).toThrow('OBSERVABILITY_NO_DENIALS');
    const window = Duration.minutes(7);
    expect(() => new BlockNotices(stack, 'B', { gateway, notify: [], window })).toThrow('OBSERVABILITY_NOTICE_WINDOW');
  });

  it('are what the resource specification knows, without a finding of cdk-nag and an open role', () => {
    expect(found.filter((finding) => !finding.startsWith('OBSERVABILITY_TRANSACTION_SEARCH'))).toEqual([]);
    expect(specErrors(template.toJSON() as JsonObject)).toEqual([]);
    expect(unconditional(template.toJSON() as JsonObject)).toEqual([]);
  });
});
