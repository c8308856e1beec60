import { RemovalPolicy } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { PSEUDONYM_KEY_VARIABLE } from '../../contract/decision-record/key-variable';
import { acknowledge } from '../findings/acknowledge';

/**
 * The key from which both interceptors make pseudonyms for records of decisions. Secrets Manager makes the value; no template, asset,
 * output or log has it. Another one than that of the proof: who may read pseudonyms must learn nothing about proofs.
 */
export class PseudonymKey extends Construct {
  private readonly secret: secretsmanager.Secret;

  constructor(
    scope: Construct,
    id: string,
    private readonly encryptionKey: kms.IKey | undefined,
  ) {
    super(scope, id);
    this.secret = new secretsmanager.Secret(this, 'Secret', {
      description: 'Makes pseudonyms for records of decisions',
      generateSecretString: { passwordLength: 64, excludePunctuation: true },
      encryptionKey,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    acknowledge(this.secret, 'AwsSolutions-SMG4', 'another key would give everybody another pseudonym');
  }

  /** Variables that tell a function which secret it is. */
  get environment(): { readonly [name: string]: string } {
    return { [PSEUDONYM_KEY_VARIABLE]: this.secret.secretArn };
  }

  allowRead(fn: lambda.IFunction): void {
    const resourceArns = [this.secret.secretArn];
    iam.Grant.addToPrincipal({ grantee: fn, actions: ['secretsmanager:GetSecretValue'], resourceArns });
    this.encryptionKey?.grantDecrypt(fn);
  }
}
