import { Duration, Stack } from 'aws-cdk-lib';
import * as cognito from 'aws-cdk-lib/aws-cognito';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import { Construct } from 'constructs';
import { bundledFunction, TOOL_LIMITS, typescriptFunction } from './functions';
import { HandmadeGateway } from './gateway';
import { UNDERWRITING_TOOLS } from './tool-schemas';
import { Callers } from './user-pool';

const NAME = 'prod-underwriting';

export class UnderwritingByHand extends Stack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    const applications = new dynamodb.TableV2(this, 'Applications', {
      partitionKey: { name: 'application_id', type: dynamodb.AttributeType.STRING },
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
    });
    const trigger = bundledFunction(new Construct(this, 'PreTokenGeneration'), 'dist/lambda/pre-token-generation', {
      description: 'Puts claims into access tokens',
      timeout: Duration.seconds(5),
      memorySize: 256,
    });
    const callers = new Callers(this, 'Callers', {
      name: NAME,
      customAttributes: { department: new cognito.StringAttribute({ mutable: true, maxLen: 2048 }) },
      preTokenGeneration: trigger,
    });
    const gateway = new HandmadeGateway(this, 'Gateway', {
      name: NAME,
      description: 'Insurance applications',
      callers,
    });
    const fn = typescriptFunction(new Construct(this, 'Tools'), 'underwriting', 'lambda/tools/underwriting/index.ts', {
      ...TOOL_LIMITS,
      description: 'Tools of gateway target underwriting',
      environment: { APPLICATIONS_TABLE: applications.tableName },
    });
    applications.grant(fn, 'dynamodb:GetItem', 'dynamodb:PutItem');
    const target = gateway.addTools('underwriting', 'Applications and their risk', fn, UNDERWRITING_TOOLS);
    gateway.addPolicies('policies/underwriting', target);
  }
}
