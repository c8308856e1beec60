import { Duration } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import type * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import type * as sns from 'aws-cdk-lib/aws-sns';
import { LambdaSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';
import type { WebhookEnvironment } from '../../../contract/block-notices';
import { lambdaBundle } from '../../functions/lambda-bundle';
import { type LogOptions, SealedFunction } from '../../functions/sealed-function';

export interface WebhookForwarderProps {
  readonly secret: secretsmanager.ISecret;
  readonly topic: sns.ITopic;
  readonly logs: LogOptions;
}

/** Posts what a topic gets to a webhook. The address and the key are in the secret, which the function reads and nobody else. */
export class WebhookForwarder extends Construct {
  constructor(scope: Construct, id: string, { secret, topic, logs }: WebhookForwarderProps) {
    super(scope, id);
    const environment: WebhookEnvironment = { WEBHOOK_SECRET_ARN: secret.secretArn };
    const { function: fn } = new SealedFunction(this, 'Function', {
      ...logs,
      code: lambda.Code.fromAsset(lambdaBundle('block-notices')),
      handler: 'index.post',
      description: 'Posts alarms and block notices of an AgentCore gateway to a webhook',
      timeout: Duration.seconds(30),
      memorySize: 256,
      environment: { ...environment },
    });
    secret.grantRead(fn);
    topic.addSubscription(new LambdaSubscription(fn));
  }
}
