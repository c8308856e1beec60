import { Duration, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { Construct, type IDependable } from 'constructs';
import type { PolicySetRotationEnvironment } from '../../contract/policy-engine-environment';
import { lambdaBundle } from '../functions/lambda-bundle';
import { type LogOptions, SealedFunction } from '../functions/sealed-function';
import type { InterceptorProof } from './interceptor-proof';

export interface ProofRotationProps {
  readonly proof: InterceptorProof;
  readonly interval: Duration;
  readonly logs: LogOptions;
  readonly environment: PolicySetRotationEnvironment;
  /** What the handlers of the policy set may do. */
  readonly statements: iam.PolicyStatement[];
  /** The policy set, whose guards a rotation changes. */
  readonly after: readonly IDependable[];
}

/** Rotates the secret of the interceptors on a schedule, by the code that deploys the guards. */
export class ProofRotation extends Construct {
  constructor(scope: Construct, id: string, props: ProofRotationProps) {
    super(scope, id);
    const { secret } = props.proof;
    const { function: fn } = new SealedFunction(this, 'Function', {
      ...props.logs,
      code: lambda.Code.fromAsset(lambdaBundle('policy-engine')),
      handler: 'index.rotate',
      description: 'Rotates the secret with which interceptors prove themselves',
      timeout: Duration.minutes(10),
      memorySize: 512,
      environment: { ...props.environment, ...props.proof.environment },
      changesGateways: true,
    });
    const rights = new iam.Policy(this, 'Rights', { roles: [fn.role as iam.IRole], statements: props.statements });
    const permission = new lambda.CfnPermission(this, 'Permission', {
      action: 'lambda:InvokeFunction',
      functionName: fn.functionArn,
      principal: 'secretsmanager.amazonaws.com',
      sourceAccount: Stack.of(this).account,
      sourceArn: secret.secretArn,
    });
    const schedule = new secretsmanager.CfnRotationSchedule(this, 'Schedule', {
      secretId: secret.secretArn,
      rotationLambdaArn: fn.functionArn,
      rotationRules: { scheduleExpression: `rate(${props.interval.toDays()} days)` },
      rotateImmediatelyOnUpdate: false,
    });
    schedule.node.addDependency(rights, permission, ...props.after);
  }
}
