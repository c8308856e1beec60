import { Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { TOOL_LIMITS, typescriptFunction } from './functions';
import { HandmadeGateway } from './gateway';
import { DEVOPS_TOOLS } from './tool-schemas';
import { Callers } from './user-pool';

const NAME = 'prod-devops';

const CHANGEABLE = ['staging', 'dev'];

export class DevopsByHand extends Stack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    const callers = new Callers(this, 'Callers', { name: NAME });
    const gateway = new HandmadeGateway(this, 'Gateway', {
      name: NAME,
      description: 'Operations on services and instances',
      callers,
    });
    const fn = typescriptFunction(new Construct(this, 'Tools'), 'devops', 'lambda/tools/devops/index.ts', {
      ...TOOL_LIMITS,
      description: 'Tools of gateway target devops',
    });
    for (const statement of this.rights()) fn.addToRolePolicy(new iam.PolicyStatement(statement));
    const target = gateway.addTools('devops', 'Restart, terminate, clean, measure', fn, DEVOPS_TOOLS);
    gateway.addPolicies('policies/devops', target);
  }

  private rights(): iam.PolicyStatementProps[] {
    const arn = (service: string, resource: string): string =>
      `arn:${this.partition}:${service}:${this.region}:${this.account}:${resource}`;
    return [
      {
        actions: ['ecs:UpdateService'],
        resources: CHANGEABLE.map((environment) => arn('ecs', `service/${environment}/*`)),
      },
      {
        actions: ['ec2:TerminateInstances'],
        resources: [arn('ec2', 'instance/*')],
        conditions: { StringEquals: { 'aws:ResourceTag/Environment': CHANGEABLE } },
      },
      { actions: ['logs:DescribeLogStreams', 'logs:DeleteLogStream'], resources: [arn('logs', 'log-group:/apps/*')] },
      { actions: ['cloudwatch:GetMetricData'], resources: ['*'] },
    ];
  }
}
