import type { Duration } from 'aws-cdk-lib';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import type * as logs from 'aws-cdk-lib/aws-logs';
import type { FunctionToolsOptions } from '../source/target-options';

/** How the function behind tools in TypeScript runs. */
export interface TypeScriptToolsOptions extends FunctionToolsOptions {
  /**
   * Environment variables of the function.
   *
   * @default - none
   */
  readonly environment?: { readonly [name: string]: string };

  /**
   * Memory in MiB.
   *
   * @default 256
   */
  readonly memorySize?: number;

  /**
   * Timeout of one call.
   *
   * @default Duration.seconds(30)
   */
  readonly timeout?: Duration;

  /**
   * What the function may do, in addition to writing its log.
   *
   * @default - nothing
   */
  readonly initialPolicy?: iam.PolicyStatement[];

  /**
   * Execution role. It is granted the function's log group.
   *
   * @default - a role of the function's own
   */
  readonly role?: iam.IRole;

  /**
   * VPC in which the function runs.
   *
   * @default - none
   */
  readonly vpc?: ec2.IVpc;

  /**
   * Subnets of `vpc`.
   *
   * @default - the private ones
   */
  readonly vpcSubnets?: ec2.SubnetSelection;

  /**
   * Security groups in `vpc`.
   *
   * @default - one of the function's own
   */
  readonly securityGroups?: ec2.ISecurityGroup[];

  /**
   * Layers of the function.
   *
   * @default - none
   */
  readonly layers?: lambda.ILayerVersion[];

  /**
   * Tracing by AWS X-Ray.
   *
   * @default Tracing.DISABLED
   */
  readonly tracing?: lambda.Tracing;

  /**
   * Concurrent executions that are reserved for the function, which is also its limit.
   *
   * @default - the account's common pool
   */
  readonly reservedConcurrentExecutions?: number;

  /**
   * How long the function's log group keeps its events.
   *
   * @default - as the gateway
   */
  readonly logRetention?: logs.RetentionDays;
}
