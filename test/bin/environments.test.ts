import { App, Stack } from 'aws-cdk-lib';
import { describe, expect, it } from 'vitest';
import { ApplicationStage } from '../../bin/application-stage';
import { environmentOf } from '../../bin/environments';
import { EnforcementMode } from '../../lib/index';

const node = (context: object) => new App({ context: context as { [key: string]: unknown } }).node;

describe('environmentOf', () => {
  it('is undefined without context, so that stacks fit any account and Region', () => {
    expect(environmentOf(node({}), 'prod')).toBeUndefined();
    expect(environmentOf(node({ environments: { dev: { account: '111122223333' } } }), 'prod')).toBeUndefined();
  });

  it('is what the context says of the environment', () => {
    const prod = { account: '111122223333', region: 'eu-west-1' };
    expect(environmentOf(node({ environments: { prod } }), 'prod')).toEqual(prod);
  });

  it('is the account and Region of the command line before that', () => {
    const context = { account: '444455556666', environments: { prod: { account: '1', region: 'eu-west-1' } } };
    expect(environmentOf(node(context), 'prod')).toEqual({ account: '444455556666', region: 'eu-west-1' });
  });
});

describe('ApplicationStage', () => {
  it('holds the three applications, named so that `prod/*` selects them', () => {
    const app = new App({ analyticsReporting: false });
    const env = { account: '111122223333', region: 'us-east-1' };
    const stage = new ApplicationStage(app, 'prod', { mode: EnforcementMode.ENFORCE, env });
    const stacks = stage.node.children.filter((child): child is Stack => Stack.isStack(child));
    expect(stacks.map(({ node: { path }, stackName }) => [path, stackName])).toEqual([
      ['prod/Lakehouse', 'prod-Lakehouse'],
      ['prod/Underwriting', 'prod-Underwriting'],
      ['prod/Devops', 'prod-Devops'],
    ]);
    for (const stack of stacks) expect(stack.account).toBe('111122223333');
  });
});
