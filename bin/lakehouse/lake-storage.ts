import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { S3_SERVER_ACCESS_LOGS_USE_BUCKET_POLICY } from 'aws-cdk-lib/cx-api';
import { Construct } from 'constructs';

/** Days after which an access log, a replaced object or an answer of Athena is of no use any more. */
const KEEP_LOGS = Duration.days(365);
const KEEP_REPLACED = Duration.days(90);
const KEEP_RESULTS = Duration.days(1);

/** The buckets of the lake: tables, answers of Athena, and access logs of both. Encrypted, private, TLS only; data outlives the stack. */
export class LakeStorage extends Construct {
  /** Iceberg tables, below `warehouse/`. */
  readonly tables: s3.Bucket;
  /** Answers of Athena, one folder per group. */
  readonly results: s3.Bucket;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    // Access logs are written by right of a bucket policy: buckets without ACLs take no other.
    this.node.setContext(S3_SERVER_ACCESS_LOGS_USE_BUCKET_POLICY, true);
    const common = {
      encryption: s3.BucketEncryption.S3_MANAGED,
      blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL,
      objectOwnership: s3.ObjectOwnership.BUCKET_OWNER_ENFORCED,
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      versioned: true,
      removalPolicy: RemovalPolicy.RETAIN,
    };
    const accessLogs = new s3.Bucket(this, 'AccessLogs', {
      ...common,
      lifecycleRules: [{ expiration: KEEP_LOGS, noncurrentVersionExpiration: KEEP_REPLACED }],
    });
    this.tables = new s3.Bucket(this, 'Tables', {
      ...common,
      lifecycleRules: [{ noncurrentVersionExpiration: KEEP_REPLACED }],
      serverAccessLogsBucket: accessLogs,
      serverAccessLogsPrefix: 'tables/',
    });
    this.results = new s3.Bucket(this, 'Results', {
      ...common,
      lifecycleRules: [{ expiration: KEEP_RESULTS, noncurrentVersionExpiration: KEEP_RESULTS }],
      serverAccessLogsBucket: accessLogs,
      serverAccessLogsPrefix: 'results/',
    });
  }
}
