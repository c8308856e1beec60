import { type Duration, type RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { CHANGING_ROLES_PATH } from '../../contract/changing-roles';
import { markGoverned } from '../../contract/governed';

/** How every function of a gateway keeps its logs. */
export interface LogOptions {
  readonly logRetention: logs.RetentionDays;
  readonly removalPolicy: RemovalPolicy;
  /** @default - a key owned by AWS */
  readonly encryptionKey?: kms.IKey;
}

export interface SealedFunctionProps extends LogOptions {
  readonly code: lambda.Code;
  readonly handler: string;
  readonly description: string;
  readonly timeout: Duration;
  /** MiB. */
  readonly memorySize: number;
  readonly environment?: { readonly [name: string]: string };
  /** Whether it changes gateways or policies, which the path of its role says. @default false */
  readonly changesGateways?: boolean;
}

/**
 * A Lambda function that may do nothing but write to its own log group, until something is granted to it: a role without managed policy
 * that only this account's Lambda may assume, a log group with retention, the current Node.js on arm64.
 */
export class SealedFunction extends Construct {
  readonly function: lambda.Function;
  readonly logGroup: logs.LogGroup;

  constructor(scope: Construct, id: string, props: SealedFunctionProps) {
    super(scope, id);
    this.logGroup = createLogGroup(this, 'Logs', props);
    this.function = new lambda.Function(this, 'Resource', {
      runtime: lambda.Runtime.NODEJS_24_X,
      architecture: lambda.Architecture.ARM_64,
      code: props.code,
      handler: props.handler,
      description: props.description,
      timeout: props.timeout,
      memorySize: props.memorySize,
      environment: { ...props.environment, NODE_OPTIONS: '--enable-source-maps' },
      environmentEncryption: props.encryptionKey,
      role: createFunctionRole(this, 'Role', this.logGroup, props.changesGateways ? CHANGING_ROLES_PATH : undefined),
      logGroup: this.logGroup,
      loggingFormat: lambda.LoggingFormat.JSON,
    });
  }
}

/** A log group with retention, encrypted with the gateway's key where there is one. */
export function createLogGroup(scope: Construct, id: string, options: LogOptions): logs.LogGroup {
  const group = new logs.LogGroup(scope, id, {
    retention: options.logRetention,
    removalPolicy: options.removalPolicy,
    encryptionKey: options.encryptionKey,
  });
  return group;
}

/** An execution role that may write to one log group. */
export function createFunctionRole(scope: Construct, id: string, logGroup: logs.ILogGroup, path?: string): iam.Role {
  const role = new iam.Role(scope, id, {
    path,
    assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com', {
      conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(scope).account } },
    }),
  });
  if (path !== undefined) markGoverned(role.node.defaultChild as iam.CfnRole);
  logGroup.grantWrite(role);
  return role;
}
