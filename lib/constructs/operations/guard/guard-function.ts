import { Aws, Duration } from 'aws-cdk-lib';
import * as events from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import type * as sns from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { CONTROL_PLANE_SOURCES, ENFORCING_OPERATIONS } from '../../../contract/control-plane-call';
import type { EnforcementGuardEnvironment } from '../../../contract/enforcement-guard-environment';
import { acknowledgeWildcard } from '../../findings/acknowledge';
import { useOfKey } from '../../functions/key-access';
import { lambdaBundle } from '../../functions/lambda-bundle';
import { type LogOptions, SealedFunction } from '../../functions/sealed-function';
import { allowPublish } from '../notify/notice-topic';
import { addGuardAlarms, LOOKS_EVERY } from './guard-alarms';
import type { WatchedGateway } from './watched-gateway';

export interface GuardFunctionProps {
  readonly watched: WatchedGateway;
  readonly logs: LogOptions;
  readonly topics: readonly sns.ITopic[];
  readonly repairs: boolean;
}

/** The function of a guard, what starts it, and what it may do. */
export class GuardFunction extends Construct {
  constructor(scope: Construct, id: string, { watched, logs, topics, repairs }: GuardFunctionProps) {
    super(scope, id);
    const { gateway } = watched;
    const environment: EnforcementGuardEnvironment = {
      STACK_ID: Aws.STACK_ID,
      GATEWAY_LOGICAL_ID: watched.gatewayLogicalId,
      SET_LOGICAL_ID: watched.setLogicalId,
      GATEWAY_NAME: gateway.gatewayName,
      POLICY_ENGINE_ID: gateway.policyEngineId,
      DOCUMENT_BUCKET: watched.documentBucket,
      REPAIR: repairs ? 'true' : 'false',
      TOPIC_ARNS: topics.map((topic) => topic.topicArn).join(','),
    };
    const { function: fn, logGroup } = new SealedFunction(this, 'Function', {
      ...logs,
      code: lambda.Code.fromAsset(lambdaBundle('enforcement-guard')),
      handler: 'index.handler',
      description: `Watches whether gateway ${gateway.gatewayName} is what its stack declares`,
      timeout: Duration.minutes(5),
      memorySize: 512,
      environment: { ...environment },
      changesGateways: repairs,
    });
    new iam.Policy(this, 'Rights', {
      roles: [fn.role as iam.IRole],
      statements: [...reads(watched), ...(repairs ? repairing(watched) : [])],
    });
    acknowledgeWildcard(this, watched.documents, 'the document that is deployed is known from the template alone');
    // What was told is in the log alone.
    logGroup.grant(fn, 'logs:FilterLogEvents');
    for (const topic of topics) allowPublish(topic, fn);
    this.startedBy(fn);
    addGuardAlarms(this, fn, topics);
  }

  private startedBy(fn: lambda.IFunction): void {
    const target = [new targets.LambdaFunction(fn)];
    new events.Rule(this, 'Calls', {
      description: 'Calls of the AgentCore control plane that can change what a gateway enforces',
      eventPattern: {
        detailType: ['AWS API Call via CloudTrail'],
        detail: { eventSource: [...CONTROL_PLANE_SOURCES], eventName: [...ENFORCING_OPERATIONS] },
      },
      targets: target,
    });
    new events.Rule(this, 'Deployments', {
      description: 'Ends of deployments of the stack, during which nothing was looked at',
      eventPattern: {
        source: ['aws.cloudformation'],
        detailType: ['CloudFormation Stack Status Change'],
        detail: {
          'stack-id': [Aws.STACK_ID],
          'status-details': { status: [{ suffix: '_COMPLETE' }, { suffix: '_FAILED' }] },
        },
      },
      targets: target,
    });
    new events.Rule(this, 'Schedule', { schedule: events.Schedule.rate(LOOKS_EVERY), targets: target });
  }
}

function reads({ gateway, policyEngineArn, engineKey, documents }: WatchedGateway): iam.PolicyStatement[] {
  const ofGateway = ['GetGateway', 'ListGatewayTargets', 'GetGatewayTarget', 'ListGatewayRateLimits'];
  return [
    new iam.PolicyStatement({
      actions: ['cloudformation:DescribeStacks', 'cloudformation:GetTemplate', 'cloudformation:ListStackResources'],
      resources: [Aws.STACK_ID],
    }),
    new iam.PolicyStatement({ actions: ofGateway.map(named), resources: [gateway.gatewayArn] }),
    new iam.PolicyStatement({ actions: [named('ListPolicies')], resources: [policyEngineArn] }),
    new iam.PolicyStatement({ actions: ['s3:GetObject'], resources: [documents] }),
    ...(engineKey ? [useOfKey(engineKey)] : []),
  ];
}

/** An update of a gateway hands its role over again, and checks the attachment of its engine. */
function repairing({ gateway, role, policyEngineArn }: WatchedGateway): iam.PolicyStatement[] {
  return [
    new iam.PolicyStatement({ actions: [named('UpdateGateway')], resources: [gateway.gatewayArn] }),
    new iam.PolicyStatement({ actions: [named('GetPolicyEngine')], resources: [policyEngineArn] }),
    new iam.PolicyStatement({ actions: ['iam:GetRole'], resources: [role.roleArn] }),
    new iam.PolicyStatement({
      actions: ['iam:PassRole'],
      resources: [role.roleArn],
      conditions: { StringEquals: { 'iam:PassedToService': 'bedrock-agentcore.amazonaws.com' } },
    }),
  ];
}

function named(operation: string): string {
  return `bedrock-agentcore:${operation}`;
}
