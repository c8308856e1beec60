import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { NodejsFunction, SourceMapMode } from 'aws-cdk-lib/aws-lambda-nodejs';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';

export interface FunctionOptions {
  readonly description: string;
  readonly timeout: Duration;
  /** MiB. */
  readonly memorySize: number;
  readonly environment?: { readonly [name: string]: string };
  readonly role?: iam.Role;
}

/** What all functions here share: a log group with retention, and a role that writes to it. */
function commonProps(scope: Construct, options: FunctionOptions): lambda.FunctionOptions {
  const logGroup = new logs.LogGroup(scope, 'Logs', {
    retention: logs.RetentionDays.ONE_YEAR,
    removalPolicy: RemovalPolicy.RETAIN,
  });
  const role = options.role ?? new iam.Role(scope, 'Role', { assumedBy: lambdaOfThisAccount(scope) });
  logGroup.grantWrite(role);
  return {
    ...options,
    architecture: lambda.Architecture.ARM_64,
    environment: { NODE_OPTIONS: '--enable-source-maps', ...options.environment },
    role,
    logGroup,
    loggingFormat: lambda.LoggingFormat.JSON,
  };
}

function lambdaOfThisAccount(scope: Construct): iam.ServicePrincipal {
  return new iam.ServicePrincipal('lambda.amazonaws.com', {
    conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(scope).account } },
  });
}

/**
 * A function from TypeScript. With `BY_HAND_BUNDLES` it takes the folder of that name below it, as a team would that bundles in an earlier
 * build step: then this app bundles nothing at all.
 */
export function typescriptFunction(
  scope: Construct,
  name: string,
  entry: string,
  options: FunctionOptions,
): lambda.Function {
  const inner = new Construct(scope, 'Function');
  const bundles = process.env['BY_HAND_BUNDLES'];
  if (bundles !== undefined) return bundledFunction(inner, `${bundles}/${name}`, options);
  return new NodejsFunction(inner, 'Resource', {
    ...commonProps(inner, options),
    runtime: lambda.Runtime.NODEJS_24_X,
    entry,
    handler: 'handler',
    bundling: {
      minify: true,
      keepNames: true,
      sourceMap: true,
      sourceMapMode: SourceMapMode.DEFAULT,
      sourcesContent: false,
    },
  });
}

/** A function from a folder that was bundled before synth. */
export function bundledFunction(scope: Construct, directory: string, options: FunctionOptions): lambda.Function {
  return new lambda.Function(scope, 'Resource', {
    ...commonProps(scope, options),
    runtime: lambda.Runtime.NODEJS_24_X,
    code: lambda.Code.fromAsset(directory),
    handler: 'index.handler',
  });
}

/** Limits of a function behind a gateway target. */
export const TOOL_LIMITS = { timeout: Duration.seconds(30), memorySize: 256 };
