import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { beforeAll, describe, expect, it } from 'vitest';
import { DevopsStack } from '../../bin/devops-stack';
import { UnderwritingStack } from '../../bin/underwriting-stack';
import { PSEUDONYM_KEY_VARIABLE } from '../../lib/contract/decision-record/key-variable';
import { EnforcementMode } from '../../lib/index';

interface Statement {
  readonly Action: string | readonly string[];
  readonly Resource: unknown;
  readonly Condition?: unknown;
}

/** Statements of a stack's policies that allow an action. */
function statementsWith(template: Template, action: string): Statement[] {
  const policies = Object.values(template.findResources('AWS::IAM::Policy'));
  return policies
    .flatMap(({ Properties }) => Properties.PolicyDocument.Statement as Statement[])
    .filter(({ Action }) => [Action].flat().includes(action));
}

/** Variables of the functions that make pseudonyms of callers, as `Steps.decisionRecord` has them. */
function recorders(template: Template): unknown[] {
  const functions = Object.values(template.findResources('AWS::Lambda::Function'));
  return functions.flatMap(({ Properties }) => Properties.Environment?.Variables?.[PSEUDONYM_KEY_VARIABLE] ?? []);
}

function signInFlows(template: Template): string[] {
  const clients = Object.values(template.findResources('AWS::Cognito::UserPoolClient'));
  return clients.flatMap(({ Properties }) => (Properties.ExplicitAuthFlows ?? []) as string[]);
}

describe('the devops stack', () => {
  let template: Template;
  beforeAll(() => {
    const env = { account: '111122223333', region: 'eu-west-1' };
    const props = { mode: EnforcementMode.ENFORCE, testSignIn: false, observed: true, env };
    template = Template.fromStack(new DevopsStack(new App(), 'Devops', props));
  });

  it('restarts services of staging and dev, and of no other cluster', () => {
    const [statement, ...others] = statementsWith(template, 'ecs:UpdateService');
    expect(others).toEqual([]);
    expect(JSON.stringify(statement?.Resource)).toMatch(/service\/staging\/\*.*service\/dev\/\*/);
    expect(JSON.stringify(statement?.Resource)).not.toContain('production');
  });

  it('records what policies read of calls, on the way to the tools and back', () => {
    expect(recorders(template)).toHaveLength(2);
  });

  it('tells whoever is on call, of alarms too, over TLS alone', () => {
    const [policy] = Object.values(template.findResources('AWS::SNS::TopicPolicy'));
    const statements = policy?.Properties.PolicyDocument.Statement;
    expect(statements).toMatchObject([
      { Effect: 'Deny', Action: 'sns:Publish', Condition: { Bool: { 'aws:SecureTransport': 'false' } } },
      { Effect: 'Allow', Action: 'sns:Publish', Principal: { Service: 'cloudwatch.amazonaws.com' } },
    ]);
    const silent = Object.values(template.findResources('AWS::CloudWatch::Alarm')).filter(
      ({ Properties }) => (Properties.AlarmActions ?? []).length !== 1,
    );
    expect(silent).toEqual([]);
  });

  it('lets nobody sign users in with a password', () => {
    expect(signInFlows(template)).not.toContain('ALLOW_ADMIN_USER_PASSWORD_AUTH');
  });

  it('terminates instances that are tagged with staging or dev', () => {
    expect(statementsWith(template, 'ec2:TerminateInstances')).toMatchObject([
      { Condition: { StringEquals: { 'aws:ResourceTag/Environment': ['staging', 'dev'] } } },
    ]);
  });

  it('touches log groups of applications only', () => {
    for (const { Resource } of statementsWith(template, 'logs:DeleteLogStream')) {
      expect(JSON.stringify(Resource)).toContain(':log-group:/apps/*');
    }
  });
});

describe('the underwriting stack', () => {
  let template: Template;
  beforeAll(() => {
    const props = { mode: EnforcementMode.ENFORCE, testSignIn: true, observed: true };
    template = Template.fromStack(new UnderwritingStack(new App(), 'Underwriting', props));
  });

  it('lets tests sign users in with a password, where that was asked for', () => {
    expect(signInFlows(template)).toContain('ALLOW_ADMIN_USER_PASSWORD_AUTH');
  });

  it('records what policies read of calls, on the way to the tools and back', () => {
    expect(recorders(template)).toHaveLength(2);
  });

  it('reads and writes items of one table, and deletes none', () => {
    const statements = statementsWith(template, 'dynamodb:PutItem');
    expect(statements).toHaveLength(1);
    expect(statements[0]?.Action).toEqual(['dynamodb:GetItem', 'dynamodb:PutItem']);
    expect(statementsWith(template, 'dynamodb:DeleteItem')).toEqual([]);
  });
});
