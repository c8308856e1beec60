import { ArnFormat, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import * as sns from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';

/** A topic that alarms of this account may publish to, over TLS only, and nobody else without a right of their own. */
export function noticeTopic(scope: Construct, id: string, masterKey: kms.IKey | undefined): sns.Topic {
  const topic = new sns.Topic(scope, id, { masterKey, enforceSSL: true });
  letAlarmsPublish(topic);
  return topic;
}

/** Lets alarms of the topic's account publish, also to a topic with a policy of its own, which replaces the one that every topic has. */
export function letAlarmsPublish(topic: sns.ITopic): void {
  const stack = Stack.of(topic);
  const alarms = stack.formatArn({
    service: 'cloudwatch',
    resource: 'alarm',
    resourceName: '*',
    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  });
  const principals = [new iam.ServicePrincipal('cloudwatch.amazonaws.com')];
  const conditions = { StringEquals: { 'aws:SourceAccount': stack.account }, ArnLike: { 'aws:SourceArn': alarms } };
  topic.addToResourcePolicy(
    new iam.PolicyStatement({ principals, actions: ['sns:Publish'], resources: [topic.topicArn], conditions }),
  );
  topic.masterKey?.addToResourcePolicy(
    // In a key policy this is the key itself.
    new iam.PolicyStatement({
      principals,
      actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
      resources: ['*'],
      conditions,
    }),
  );
}

/** As `topic.grantPublish`, without the wildcard in what it grants on the key. */
export function allowPublish(topic: sns.ITopic, grantee: iam.IGrantable): void {
  iam.Grant.addToPrincipal({ grantee, actions: ['sns:Publish'], resourceArns: [topic.topicArn] });
  topic.masterKey?.grant(grantee, 'kms:Decrypt', 'kms:GenerateDataKey');
}
