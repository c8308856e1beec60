import { Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';

/**
 * What a role needs of the key of a gateway or policy engine. Without conditions on the service: the check of an attachment and the
 * encryption of targets call KMS with the role itself. Source: developer guide, pages gateway-encryption and policy-encryption.
 */
export function useOfKey(key: kms.IKey): iam.PolicyStatement {
  const actions = ['kms:Decrypt', 'kms:DescribeKey', 'kms:Encrypt', 'kms:GenerateDataKey'];
  return new iam.PolicyStatement({ actions, resources: [key.keyArn] });
}

/** What a role needs besides, with which a gateway or policy engine is created: the service makes grants on the key with it. */
export function grantsOnKey(key: kms.IKey): iam.PolicyStatement {
  return new iam.PolicyStatement({ actions: ['kms:CreateGrant'], resources: [key.keyArn] });
}

/**
 * Lets CloudWatch Logs use a key for the log groups of this account and Region. The policy of a key that is not part of the app cannot be
 * changed here; its owner has to allow the same. Source: CloudWatch Logs user guide, encrypting log data with AWS KMS.
 */
export function allowLogs(scope: Construct, key: kms.IKey): void {
  const { partition, region, account } = Stack.of(scope);
  key.addToResourcePolicy(
    new iam.PolicyStatement({
      principals: [new iam.ServicePrincipal(`logs.${region}.amazonaws.com`)],
      actions: ['kms:Encrypt*', 'kms:Decrypt*', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:Describe*'],
      // In a key policy this is the key itself.
      resources: ['*'],
      conditions: {
        ArnLike: { 'kms:EncryptionContext:aws:logs:arn': `arn:${partition}:logs:${region}:${account}:log-group:*` },
      },
    }),
  );
}
