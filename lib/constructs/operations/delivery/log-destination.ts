import { ArnFormat, RemovalPolicy, Stack, Tags } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type { IDeliveryStream } from 'aws-cdk-lib/aws-kinesisfirehose';
import type * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { allowLogs } from '../../functions/key-access';
import type { Destination } from './log-delivery';
import { maskingPolicy } from './masking-policy';

/** How a log group keeps the application log. */
export interface LogGroupOptions {
  /** @default - that of the gateway's other log groups; a month for a gateway of another app */
  readonly retention?: logs.RetentionDays;
  /**
   * What happens to the log group when the stack is deleted.
   *
   * @default - as the gateway's other log groups; retained for a gateway of another app
   */
  readonly removalPolicy?: RemovalPolicy;
  /**
   * Key that encrypts the log group. CloudWatch Logs gets the right to use it.
   *
   * @default - that of the gateway
   */
  readonly encryptionKey?: kms.IKey;
  /**
   * Kinds of data that nobody sees without the right `logs:Unmask`. Tokens of words, such as names of people, are better masked by field.
   *
   * @default - e-mail addresses, numbers of phones, cards, bank accounts and social insurance, private keys and AWS secret keys
   */
  readonly maskedData?: logs.DataIdentifier[];
}

/**
 * Where a destination is made, and for what.
 *
 * @internal
 */
export interface DestinationContext {
  readonly gatewayId: string;
  /** Fields that nobody may see. */
  readonly maskedFields: readonly string[];
}

/**
 * What a destination became.
 *
 * @internal
 */
export interface BoundDestination extends Destination {
  readonly logGroup?: logs.ILogGroup;
  /** For people: where the log is, and for how long. */
  readonly place: string;
}

/**
 * Where the application log of a gateway goes.
 *
 * @example
 * new GatewayLogs(this, 'Logs', { gateway, destination: LogDestination.cloudWatch({ retention: RetentionDays.ONE_YEAR }) });
 */
export abstract class LogDestination {
  /** A log group of CloudWatch Logs, in which declared fields and personal data are masked. */
  static cloudWatch(options: LogGroupOptions = {}): LogDestination {
    return new LogGroupDestination(options);
  }

  /** A bucket of this account. Nothing is masked in it; it gets the policy that lets CloudWatch Logs write. */
  static s3(bucket: s3.IBucket): LogDestination {
    return new BucketDestination(bucket);
  }

  /** A delivery stream of this account. Nothing is masked in it; it gets the tag that lets CloudWatch Logs write. */
  static firehose(stream: IDeliveryStream): LogDestination {
    return new StreamDestination(stream);
  }

  /**
   * Whether declared fields are masked there.
   *
   * @internal
   */
  abstract readonly _masks: boolean;

  /**
   * The destination with a gateway's own settings where it leaves them open.
   *
   * @internal
   */
  _withDefaults(_defaults: LogGroupOptions): LogDestination {
    return this;
  }

  /** @internal */
  abstract _bind(scope: Construct, context: DestinationContext): BoundDestination;
}

class LogGroupDestination extends LogDestination {
  readonly _masks = true;

  constructor(private readonly options: LogGroupOptions) {
    super();
  }

  override _withDefaults(defaults: LogGroupOptions): LogDestination {
    return new LogGroupDestination({ ...defaults, ...this.options });
  }

  _bind(scope: Construct, { gatewayId, maskedFields }: DestinationContext): BoundDestination {
    const { removalPolicy = RemovalPolicy.RETAIN, retention = logs.RetentionDays.ONE_MONTH } = this.options;
    const { encryptionKey, maskedData } = this.options;
    if (encryptionKey) allowLogs(scope, encryptionKey);
    const logGroup = new logs.LogGroup(scope, 'LogGroup', {
      // CloudWatch Logs may write below this prefix without a resource policy, of which an account has ten.
      logGroupName: `/aws/vendedlogs/bedrock-agentcore/gateway/APPLICATION_LOGS/${gatewayId}`,
      retention,
      removalPolicy,
      encryptionKey,
      dataProtectionPolicy: maskingPolicy(maskedFields, maskedData),
    });
    const { account, region } = Stack.of(scope);
    const resourceArn = Stack.of(scope).formatArn({
      service: 'logs',
      account,
      region,
      resource: 'log-group',
      resourceName: logGroup.logGroupName,
      arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    });
    const kept = retention === logs.RetentionDays.INFINITE ? 'for ever' : `for ${retention} days`;
    return { type: 'CWL', resourceArn, outputFormat: 'json', after: [], logGroup, place: `CloudWatch Logs ${kept}` };
  }
}

class BucketDestination extends LogDestination {
  readonly _masks = false;

  constructor(private readonly bucket: s3.IBucket) {
    super();
  }

  _bind(scope: Construct): BoundDestination {
    const { bucket } = this;
    const stack = Stack.of(scope);
    const sources = stack.formatArn({
      service: 'logs',
      resource: 'delivery-source',
      resourceName: '*',
      arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    });
    // Source: CloudWatch Logs user guide, AWS-logs-infrastructure-V2-S3.
    const { policyDependable } = bucket.addToResourcePolicy(
      new iam.PolicyStatement({
        principals: [new iam.ServicePrincipal('delivery.logs.amazonaws.com')],
        actions: ['s3:PutObject'],
        resources: [bucket.arnForObjects(`AWSLogs/${stack.account}/*`)],
        conditions: {
          StringEquals: { 's3:x-amz-acl': 'bucket-owner-full-control', 'aws:SourceAccount': stack.account },
          ArnLike: { 'aws:SourceArn': sources },
        },
      }),
    );
    const after = policyDependable ? [policyDependable] : [];
    return { type: 'S3', resourceArn: bucket.bucketArn, outputFormat: 'json', after, place: 'a bucket' };
  }
}

class StreamDestination extends LogDestination {
  readonly _masks = false;

  constructor(private readonly stream: IDeliveryStream) {
    super();
  }

  _bind(): BoundDestination {
    const { stream } = this;
    // Source: CloudWatch Logs user guide, AWS-logs-infrastructure-V2-Firehose.
    Tags.of(stream).add('LogDeliveryEnabled', 'true');
    const resourceArn = stream.deliveryStreamArn;
    return { type: 'FH', resourceArn, outputFormat: 'json', after: [stream], place: 'a delivery stream' };
  }
}
