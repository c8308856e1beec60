import { Duration } from 'aws-cdk-lib';
import * as agentcore from 'aws-cdk-lib/aws-bedrockagentcore';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import type * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { acknowledge } from '../../findings/acknowledge';
import { bundleTypeScript } from '../../functions/bundle-typescript';
import { functionManifest } from '../../functions/function-manifest';
import { createFunctionRole, createLogGroup } from '../../functions/sealed-function';
import { PublishedToolSchema } from '../source/published-tool-schema';
import type { BoundTarget, Declaration, TargetBinding, ToolSource } from '../source/tool-source';
import { readToolDefinitions } from './read-tool-definitions';
import type { TypeScriptToolsOptions } from './typescript-options';

/** Tools written with `governed-gateway/tool`: bundled at synth, run by a Lambda function of the target's own. */
export class TypeScriptTools implements ToolSource {
  readonly kind = 'lambda';
  readonly publishing = 'inline';
  readonly withholdsProof = true;

  constructor(
    private readonly entry: string,
    readonly options: TypeScriptToolsOptions,
  ) {}

  sources(): readonly string[] {
    return bundleTypeScript(this.entry).sources;
  }

  declare(): Declaration {
    return { tools: readToolDefinitions(bundleTypeScript(this.entry), this.options.environment) };
  }

  bind(scope: Construct, binding: TargetBinding): BoundTarget {
    const fn = this.createFunction(new Construct(scope, 'Function'), binding);
    return {
      configuration: agentcore.LambdaTargetConfiguration.create(fn, new PublishedToolSchema(binding.tools)),
      function: fn,
      manifest: () => ({ function: functionManifest(fn, this.entry) }),
    };
  }

  private createFunction(scope: Construct, binding: TargetBinding): lambda.Function {
    const { options } = this;
    const { directory, handler } = bundleTypeScript(this.entry);
    const logRetention = options.logRetention ?? binding.logs.logRetention;
    const logGroup = createLogGroup(scope, 'Logs', { ...binding.logs, logRetention });
    return new lambda.Function(scope, 'Resource', {
      runtime: lambda.Runtime.NODEJS_24_X,
      architecture: lambda.Architecture.ARM_64,
      code: lambda.Code.fromAsset(directory),
      handler,
      description: `Tools of gateway target ${binding.targetName}`,
      timeout: options.timeout ?? Duration.seconds(30),
      memorySize: options.memorySize ?? 256,
      environment: { NODE_OPTIONS: '--enable-source-maps', ...options.environment },
      environmentEncryption: binding.logs.encryptionKey,
      role: this.role(scope, logGroup),
      initialPolicy: options.initialPolicy,
      logGroup,
      loggingFormat: lambda.LoggingFormat.JSON,
      vpc: options.vpc,
      vpcSubnets: options.vpcSubnets,
      securityGroups: options.securityGroups,
      layers: options.layers,
      tracing: options.tracing,
      reservedConcurrentExecutions: options.reservedConcurrentExecutions,
    });
  }

  private role(scope: Construct, logGroup: logs.ILogGroup): iam.IRole {
    const { role: given, vpc, tracing } = this.options;
    if (given) {
      logGroup.grantWrite(given);
      return given;
    }
    const role = createFunctionRole(scope, 'Role', logGroup);
    if (vpc) allowNetworkInterfaces(role);
    if (tracing && tracing !== lambda.Tracing.DISABLED)
      acknowledge(role, 'AwsSolutions-IAM5[Resource::*]', TRACING_REASON);
    return role;
  }
}

const TRACING_REASON = 'the function writes trace segments, for which AWS X-Ray has no resources';

/** EC2 cannot scope the creation of network interfaces for Lambda, so AWS's own policy for it says no less. */
function allowNetworkInterfaces(role: iam.Role): void {
  const policy = 'service-role/AWSLambdaENIManagementAccess';
  role.addManagedPolicy(iam.ManagedPolicy.fromAwsManagedPolicyName(policy));
  acknowledge(
    role,
    `AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/${policy}]`,
    'a function in a VPC manages network interfaces, which EC2 does not let a policy scope',
  );
}
