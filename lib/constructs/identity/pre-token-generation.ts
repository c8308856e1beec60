import { join } from 'node:path';
import { Duration, Lazy, Stack } from 'aws-cdk-lib';
import * as cognito from 'aws-cdk-lib/aws-cognito';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import * as ssm from 'aws-cdk-lib/aws-ssm';
import { Construct } from 'constructs';
import type { FunctionManifest } from '../../contract/manifest';
import {
  CLIENTS_PARAMETER_VARIABLE,
  clientIdVariable,
  PRE_TOKEN_CONFIG_FILE,
  type PreTokenConfig,
} from '../../contract/pre-token-config';
import { lambdaBundle } from '../functions/lambda-bundle';
import { LateAsset } from '../functions/late-asset';
import { SealedFunction } from '../functions/sealed-function';
import { deployedStackName } from '../names/deployed-stack-name';
import type { IdentityContext } from './bound-identity';

/** Cognito gives up on a trigger after this time. Source: Amazon Cognito developer guide, page cognito-user-pools-working-with-lambda-triggers. */
const TIMEOUT_SECONDS = 5;

const MEMORY_MIB = 256;

export interface PreTokenGenerationProps {
  readonly userPool: cognito.UserPool;
  readonly config: Omit<PreTokenConfig, 'version'>;
  readonly context: IdentityContext;
}

/**
 * The trigger that puts the declared claims into access tokens, of machines as well (version 3).
 *
 * The ids of clients exist only after the pool, and the pool names the function: ids in its environment would be a cycle. So they go into
 * a parameter whose name is fixed at synth, which the function reads when a token is asked for. Until the parameter exists, no
 * token is issued that would need it.
 */
export class PreTokenGeneration extends Construct {
  readonly function: lambda.Function;

  private readonly asset: LateAsset;
  private readonly parameterName: string;
  private readonly clients: readonly string[];
  private clientIds: { readonly [client: string]: string } = {};

  constructor(scope: Construct, id: string, props: PreTokenGenerationProps) {
    super(scope, id);
    this.clients = props.config.clients;
    this.parameterName = parameterName(this);
    this.asset = LateAsset.folder(this, () => assetFiles({ version: 1, ...props.config }));
    const sealed = new SealedFunction(this, 'Function', {
      ...props.context,
      code: this.asset.asCode(),
      handler: 'index.handler',
      description: `Puts declared claims into access tokens for gateway ${props.context.gatewayName}`,
      timeout: Duration.seconds(TIMEOUT_SECONDS),
      memorySize: MEMORY_MIB,
      environment: this.clients.length > 0 ? { [CLIENTS_PARAMETER_VARIABLE]: this.parameterName } : undefined,
    });
    this.function = sealed.function;
    if (this.clients.length > 0) this.allowParameter();
    attach(props.userPool, this.function);
  }

  /** Publishes the ids of the clients whose claims differ. To be called once the clients exist. */
  publishClients(clients: { readonly [name: string]: cognito.IUserPoolClient }): void {
    const ids = this.clients.flatMap((name) => {
      const client = clients[name];
      return client === undefined ? [] : [[name, client.userPoolClientId] as const];
    });
    this.clientIds = Object.fromEntries(ids);
    if (ids.length === 0) return;
    new ssm.StringParameter(this, 'Clients', {
      parameterName: this.parameterName,
      description: 'Ids of the clients whose access tokens get claims of their own',
      stringValue: Stack.of(this).toJsonString(this.clientIds),
    });
  }

  /** The function as the emulator runs it, with the ids of the clients in its environment in place of the parameter. */
  manifest(): FunctionManifest {
    const environment = Object.entries(this.clientIds).map(([name, id]) => [clientIdVariable(name), id]);
    return {
      asset: Lazy.uncachedString({ produce: () => this.asset.directory() }),
      handler: 'index.handler',
      environment: Object.fromEntries(environment),
      timeoutSeconds: TIMEOUT_SECONDS,
      memoryMb: MEMORY_MIB,
    };
  }

  private allowParameter(): void {
    const parameterArn = Stack.of(this).formatArn({
      service: 'ssm',
      resource: 'parameter',
      resourceName: this.parameterName.slice(1),
    });
    this.function.addToRolePolicy(
      new iam.PolicyStatement({ actions: ['ssm:GetParameter'], resources: [parameterArn] }),
    );
  }
}

/** Adds the trigger, and the account to the condition under which Cognito may call it; aws-cdk-lib names the pool only. */
function attach(userPool: cognito.UserPool, trigger: lambda.Function): void {
  const operation = cognito.UserPoolOperation.PRE_TOKEN_GENERATION_CONFIG;
  userPool.addTrigger(operation, trigger, cognito.LambdaVersion.V3_0);
  const permission = userPool.node.findChild('PreTokenGenerationConfigCognito') as lambda.CfnPermission;
  permission.sourceAccount = Stack.of(userPool).account;
}

function assetFiles(config: PreTokenConfig): { [name: string]: string | { copyFrom: string } } {
  const bundle = lambdaBundle('pre-token-generation');
  return {
    'index.js': { copyFrom: join(bundle, 'index.js') },
    'index.js.map': { copyFrom: join(bundle, 'index.js.map') },
    [PRE_TOKEN_CONFIG_FILE]: `${JSON.stringify(config, undefined, 2)}\n`,
  };
}

/** Unique in account and Region: two stacks cannot share a name. */
function parameterName(scope: Construct): string {
  return `/governed-gateway/${deployedStackName(scope)}/${scope.node.addr.slice(-12)}/clients`;
}
