import { createHash } from 'node:crypto';
import { type Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { canonicalJson } from '../../contract/canonical-json';
import { PROOF_ARGUMENT } from '../../contract/interceptor-proof';
import type { JsonValue } from '../../contract/json';
import type { DeclaredTrustedField } from '../../contract/trusted-context';
import { GovernanceError } from '../../diagnostics/governance-error';
import { acknowledge } from '../findings/acknowledge';

/** How the secret with which interceptors prove themselves changes. See `docs/interceptors.md`, "Proof". */
export interface InterceptorProofOptions {
  /**
   * Any text. Another text makes a new value at the next deployment; no call is lost meanwhile.
   *
   * @default - the first value stays
   */
  readonly rotate?: string;
  /**
   * Time between two rotations that Secrets Manager starts by itself: 1 to 999 whole days.
   *
   * @default - none: values change by `rotate` only
   */
  readonly rotateEvery?: Duration;
}

export interface InterceptorProofProps extends InterceptorProofOptions {
  readonly encryptionKey: kms.IKey | undefined;
  /** What the interceptors do that guards rely on, without names of tools. Called at synthesis. */
  readonly reliedOn: () => JsonValue;
}

/** Source: Secrets Manager user guide, page rotate-secrets_schedule. */
const MAX_DAYS = 999;

function checkInterval(interval: Duration | undefined): void {
  if (interval === undefined) return;
  const days = interval.isUnresolved() ? undefined : interval.toDays({ integral: false });
  if (days !== undefined && Number.isInteger(days) && days >= 1 && days <= MAX_DAYS) return;
  const given = days === undefined ? 'not known at synth' : interval.toHumanString();
  throw GovernanceError.of('INTERCEPTOR_PROOF_ROTATION', { given });
}

/** Name of the environment variable that holds the secret's ARN. */
const SECRET_VARIABLE = 'PROOF_SECRET_ARN';

/**
 * The secret with which the REQUEST interceptor proves to guard policies that it saw a call. Secrets Manager makes the value; no
 * template, asset, output or log has it.
 */
export class InterceptorProof extends Construct {
  readonly secret: secretsmanager.Secret;
  readonly rotate: string | undefined;
  readonly rotateEvery: Duration | undefined;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: InterceptorProofProps,
  ) {
    super(scope, id);
    checkInterval(props.rotateEvery);
    this.rotate = props.rotate;
    this.rotateEvery = props.rotateEvery;
    this.secret = new secretsmanager.Secret(this, 'Secret', {
      description: 'Proves to guard policies of a gateway that its REQUEST interceptor saw a call',
      generateSecretString: { passwordLength: 64, excludePunctuation: true },
      encryptionKey: props.encryptionKey,
      // Worth nothing without its gateway.
      removalPolicy: RemovalPolicy.DESTROY,
    });
    if (props.rotateEvery !== undefined) return;
    acknowledge(this.secret, 'AwsSolutions-SMG4', 'rotated by the prop `rotate`, or on a schedule with `rotateEvery`');
  }

  /** Variables that tell a function which secret it is. */
  get environment(): { readonly [name: string]: string } {
    return { [SECRET_VARIABLE]: this.secret.secretArn };
  }

  /** The argument as a trusted field of the given tools, by full name. */
  field(tools: readonly string[]): DeclaredTrustedField {
    const fingerprint = createHash('sha256')
      .update(canonicalJson(Stack.of(this).resolve(this.props.reliedOn()) as JsonValue))
      .digest('hex');
    return {
      name: PROOF_ARGUMENT,
      type: 'string',
      description: 'Set by the gateway: proves that the REQUEST interceptor saw the call.',
      source: { kind: 'proof', secretVariable: SECRET_VARIABLE, fingerprint },
      tools,
    };
  }

  /** Lets an interceptor read the current value. */
  allowRead(fn: lambda.IFunction): void {
    const resourceArns = [this.secret.secretArn];
    iam.Grant.addToPrincipal({ grantee: fn, actions: ['secretsmanager:GetSecretValue'], resourceArns });
    this.props.encryptionKey?.grantDecrypt(fn);
  }

  /** What the handlers of the policy set need to put values into guards, and to make new ones. */
  rotationRights(): iam.PolicyStatement[] {
    const { encryptionKey } = this.props;
    const actions = ['DescribeSecret', 'GetSecretValue', 'PutSecretValue', 'UpdateSecretVersionStage'];
    return [
      new iam.PolicyStatement({
        actions: actions.map((action) => `secretsmanager:${action}`),
        resources: [this.secret.secretArn],
      }),
      ...(encryptionKey
        ? [
            new iam.PolicyStatement({
              actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
              resources: [encryptionKey.keyArn],
            }),
          ]
        : []),
    ];
  }
}
