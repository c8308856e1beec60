import { Stack, type StackProps, Validations } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Topic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import {
  acknowledgeWildcard,
  type EnforcementMode,
  GovernedGateway,
  Identity,
  Notify,
  Observability,
  PolicySource,
  Steps,
  Tools,
} from '../lib/index';

export interface DevopsStackProps extends StackProps {
  readonly mode: EnforcementMode;
  /** Whether tests may sign users in with a password, as `governed-gateway verify` does with a deployed gateway. */
  readonly testSignIn: boolean;
  /** Whether log, traces, alarms and dashboard are made. */
  readonly observed: boolean;
}

/** A right of the tools, and why it has no narrower resource. */
interface Right extends iam.PolicyStatementProps {
  readonly reason: string;
}

/** Environments in which the tools may change something. Policies say so for every call; the function's role says so once more. */
const CHANGEABLE = ['staging', 'dev'];

/** Operations on a fleet for agents: restarts and terminations outside production, cleaning of logs, metrics. */
export class DevopsStack extends Stack {
  constructor(scope: Construct, id: string, props: DevopsStackProps) {
    super(scope, id, props);
    const gateway = new GovernedGateway(this, 'Gateway', {
      mode: props.mode,
      description: 'Operations on services and instances',
      identity: Identity.cognito({
        people: { adminPasswordSignIn: props.testSignIn },
        signInAliases: { username: true },
        testUsers: { engineer001: {} },
      }),
      targets: {
        devops: Tools.fromTypeScript('lambda/tools/devops/index.ts', {
          description: 'Restart, terminate, clean, measure',
        }),
      },
      // What policies read of each call, so that changed policies can be tried on calls that were made.
      steps: [Steps.decisionRecord()],
      policies: [PolicySource.fromDirectory('policies/devops')],
      observability: props.observed ? this.observability() : undefined,
    });
    Validations.of(gateway).acknowledge({
      id: 'governed-gateway::OBSERVABILITY_TRANSACTION_SEARCH',
      reason: 'a setting of the account, which docs/operations.md asks for before the first deployment',
    });
    const target = gateway.target('devops');
    for (const { reason, ...right } of this.rights()) {
      const statement = new iam.PolicyStatement(right);
      target.grantPrincipal.addToPrincipalPolicy(statement);
      for (const resource of statement.resources) acknowledgeWildcard(target, resource, reason);
    }
  }

  /** Everything that is worth seeing. Whoever is on call subscribes to the topic: mail, a chat, a pager. */
  private observability(): Observability {
    const onCall = new Topic(this, 'OnCall', { enforceSSL: true });
    return Observability.standard({ notify: [Notify.topic(onCall)] });
  }

  /** What the tools may do, and why not on fewer resources: the fleet comes and goes, so clusters, tags and name prefixes set the limits. */
  private rights(): Right[] {
    const arn = (service: string, resource: string): string =>
      `arn:${this.partition}:${service}:${this.region}:${this.account}:${resource}`;
    return [
      {
        actions: ['ecs:UpdateService'],
        resources: CHANGEABLE.map((environment) => arn('ecs', `service/${environment}/*`)),
        reason: 'every service of the clusters, which are named after their environments',
      },
      {
        actions: ['ec2:TerminateInstances'],
        resources: [arn('ec2', 'instance/*')],
        conditions: { StringEquals: { 'aws:ResourceTag/Environment': CHANGEABLE } },
        reason: 'every instance that is tagged with one of the environments',
      },
      {
        actions: ['logs:DescribeLogStreams', 'logs:DeleteLogStream'],
        resources: [arn('logs', 'log-group:/apps/*')],
        reason: 'every log group of an application; CloudTrail and the like have other prefixes',
      },
      {
        actions: ['cloudwatch:GetMetricData'],
        resources: ['*'],
        reason: 'reading metrics knows no resources',
      },
    ];
  }
}
