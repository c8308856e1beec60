import { App, type Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { beforeAll, describe, expect, it } from 'vitest';
import { DevopsStack } from '../../bin/devops-stack';
import { UnderwritingStack } from '../../bin/underwriting-stack';
import { EnforcementMode } from '../../lib/index';

interface Statement {
  readonly Action: string | readonly string[];
  readonly Resource: unknown;
  readonly Condition?: unknown;
}

/** Statements of a stack's policies that allow an action. */
function statementsWith(stack: Stack, action: string): Statement[] {
  const policies = Object.values(Template.fromStack(stack).findResources('AWS::IAM::Policy'));
  return policies
    .flatMap(({ Properties }) => Properties.PolicyDocument.Statement as Statement[])
    .filter(({ Action }) => [Action].flat().includes(action));
}

describe('the role of the devops tools', () => {
  let stack: Stack;
  beforeAll(() => {
    const env = { account: '111122223333', region: 'eu-west-1' };
    stack = new DevopsStack(new App(), 'Devops', { mode: EnforcementMode.ENFORCE, env });
  });

  it('restarts services of staging and dev, and of no other cluster', () => {
    const [statement, ...others] = statementsWith(stack, 'ecs:UpdateService');
    expect(others).toEqual([]);
    expect(JSON.stringify(statement?.Resource)).toMatch(/service\/staging\/\*.*service\/dev\/\*/);
    expect(JSON.stringify(statement?.Resource)).not.toContain('production');
  });

  it('terminates instances that are tagged with staging or dev', () => {
    expect(statementsWith(stack, 'ec2:TerminateInstances')).toMatchObject([
      { Condition: { StringEquals: { 'aws:ResourceTag/Environment': ['staging', 'dev'] } } },
    ]);
  });

  it('touches log groups of applications only', () => {
    for (const { Resource } of statementsWith(stack, 'logs:DeleteLogStream')) {
      expect(JSON.stringify(Resource)).toContain(':log-group:/apps/*');
    }
  });
});

describe('the role of the underwriting tools', () => {
  it('reads and writes items of one table, and deletes none', () => {
    const stack = new UnderwritingStack(new App(), 'Underwriting', { mode: EnforcementMode.ENFORCE });
    const statements = statementsWith(stack, 'dynamodb:PutItem');
    expect(statements).toHaveLength(1);
    expect(statements[0]?.Action).toEqual(['dynamodb:GetItem', 'dynamodb:PutItem']);
    expect(statementsWith(stack, 'dynamodb:DeleteItem')).toEqual([]);
  });
});
