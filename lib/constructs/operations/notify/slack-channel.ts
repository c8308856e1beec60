import { Names, Stack } from 'aws-cdk-lib';
import * as chatbot from 'aws-cdk-lib/aws-chatbot';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as sns from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';

/** A channel of Slack. */
export interface SlackChannelOptions {
  /** Id of the workspace, for example `T0123ABCD`, which was authorized once in the console of Amazon Q Developer in chat applications. */
  readonly workspace: string;
  /** Id of the channel, for example `C0123ABCD`; a private channel must have invited the app. */
  readonly channel: string;
}

export interface SlackChannelProps extends SlackChannelOptions {
  readonly topic: sns.ITopic;
}

/** Shows what a topic gets in a channel. Its role has no rights, and a guardrail denies all that somebody may give it later. */
export class SlackChannel extends Construct {
  constructor(scope: Construct, id: string, { workspace, channel, topic }: SlackChannelProps) {
    super(scope, id);
    const { account, partition } = Stack.of(this);
    const role = new iam.Role(this, 'Role', {
      assumedBy: new iam.ServicePrincipal('chatbot.amazonaws.com', {
        // Source: Amazon Q Developer in chat applications, administrator guide, cross-service confused deputy prevention.
        conditions: { StringEquals: { 'aws:SourceAccount': account } },
      }),
    });
    new chatbot.CfnSlackChannelConfiguration(this, 'Resource', {
      configurationName: Names.uniqueResourceName(this, { maxLength: 128, separator: '-' }),
      slackWorkspaceId: workspace,
      slackChannelId: channel,
      iamRoleArn: role.roleArn,
      snsTopicArns: [topic.topicArn],
      guardrailPolicies: [`arn:${partition}:iam::aws:policy/AWSDenyAll`],
      loggingLevel: 'ERROR',
    });
  }
}
