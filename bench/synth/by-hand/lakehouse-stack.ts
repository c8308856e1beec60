import { Duration, Stack } from 'aws-cdk-lib';
import { LambdaInterceptor } from 'aws-cdk-lib/aws-bedrockagentcore';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { LakehouseData } from '../../../bin/lakehouse/lakehouse-data';
import { GROUPS } from '../../../lambda/tools/lakehouse/data-model';
import { bundledFunction, TOOL_LIMITS, typescriptFunction } from './functions';
import { HandmadeGateway } from './gateway';
import { LAKEHOUSE_TOOLS } from './tool-schemas';
import { Callers } from './user-pool';

const NAME = 'prod-lakehouse';

/** Insurance claims. The data side is the application's own: it is on the L2 and the L1 already. */
export class LakehouseByHand extends Stack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    const data = new LakehouseData(this, 'Data', { environment: 'prod' });
    const geographies = new dynamodb.TableV2(this, 'Geographies', {
      partitionKey: { name: 'username', type: dynamodb.AttributeType.STRING },
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
    });
    const request = this.interceptor('request', { TRUSTED_TABLE_geography: geographies.tableName });
    geographies.grant(request, 'dynamodb:GetItem');
    const response = this.interceptor('response', {});
    const passRequestHeaders = true;

    const gateway = new HandmadeGateway(this, 'Gateway', {
      name: NAME,
      description: 'Insurance claims',
      callers: new Callers(this, 'Callers', { name: NAME, groups: GROUPS }),
      interceptors: [
        LambdaInterceptor.forRequest(request, { passRequestHeaders }),
        LambdaInterceptor.forResponse(response, { passRequestHeaders }),
      ],
    });
    const fn = typescriptFunction(new Construct(this, 'Tools'), 'lakehouse', 'lambda/tools/lakehouse/index.ts', {
      ...TOOL_LIMITS,
      description: 'Tools of gateway target lakehouse',
      role: data.toolRole,
      environment: data.toolEnvironment(),
    });
    const target = gateway.addTools('lakehouse', 'Queries over claims and sign-ins', fn, LAKEHOUSE_TOOLS);
    gateway.addPolicies('policies/lakehouse', target);
    // The application has packs in their place.
    gateway.addPolicies('bench/synth/by-hand/policies', target);
    for (const field of ['caller_id', 'caller_role', 'geography']) {
      gateway.addPolicy(`requires_${field}`, requires(field), target);
    }
  }

  private interceptor(point: string, environment: { readonly [name: string]: string }): lambda.Function {
    return bundledFunction(new Construct(this, `${point}-interceptor`), `dist/lambda/${point}-interceptor`, {
      description: `${point} interceptor`,
      timeout: Duration.seconds(10),
      memorySize: 512,
      environment,
    });
  }
}

/** Denies calls that no interceptor has seen. */
function requires(field: string): string {
  const actions = LAKEHOUSE_TOOLS.map(({ name }) => `AgentCore::Action::"lakehouse___${name}"`).join(', ');
  return `forbid (principal is AgentCore::OAuthUser, action in [${actions}], resource == ?resource) unless { context.input has ${field} };`;
}
