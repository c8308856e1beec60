import { Stack } from 'aws-cdk-lib';
import type * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as agentcore from 'aws-cdk-lib/aws-bedrockagentcore';
import { Construct } from 'constructs';
import { GovernanceError } from '../../../diagnostics/governance-error';
import { acknowledgeWildcard } from '../../findings/acknowledge';
import { outlinesOf } from '../openapi/outline';
import { type OpenApiOperation, readOperation } from '../openapi/read-operation';
import { References } from '../openapi/references';
import { passThroughOf } from '../source/pass-through';
import { readObject } from '../source/read-document';
import type { BoundTarget, Declaration, TargetBinding, ToolSource } from '../source/tool-source';
import type { ApiGatewayToolsOptions } from './api-gateway-options';
import { restApiDocument } from './rest-api-document';
import { filtersOf, selectOperations } from './select-operations';

const { ApiGatewayHttpMethod } = agentcore;
const ALL_METHODS = [
  ...[ApiGatewayHttpMethod.GET, ApiGatewayHttpMethod.POST, ApiGatewayHttpMethod.PUT],
  ...[ApiGatewayHttpMethod.DELETE, ApiGatewayHttpMethod.PATCH],
];

/** Tools of a stage of a REST API in API Gateway: one per selected method. */
export class ApiGatewayTools implements ToolSource {
  readonly kind = 'api-gateway';
  readonly publishing = 'remote';
  readonly description: string | undefined;

  constructor(
    private readonly restApi: apigateway.IRestApi,
    private readonly options: ApiGatewayToolsOptions,
  ) {
    this.description = options.description;
  }

  declare(): Declaration {
    if (this.options.tools) return { tools: this.options.tools._read() };
    const operations = this.operations();
    if (operations === undefined) throw GovernanceError.of('TARGET_API_UNKNOWN', { path: this.restApi.node.path });
    return selectOperations(operations, this.filters(operations), this.options.overrides ?? []);
  }

  bind(scope: Construct, binding: TargetBinding): BoundTarget {
    const { options, restApi } = this;
    const stage = options.stage ?? restApi.deploymentStage.stageName;
    const { role } = binding.gateway;
    const reason = 'the gateway calls the operations of one stage; which of them, the filters of the target say';
    if (role instanceof Construct) acknowledgeWildcard(role, restApi.arnForExecuteApi('*', '/*', stage), reason);
    const configuration = agentcore.ApiGatewayTargetConfiguration.create({
      restApi,
      stage,
      apiGatewayToolConfiguration: {
        toolFilters: this.filters(this.operations()),
        ...(options.overrides && { toolOverrides: options.overrides }),
      },
    });
    const { region, urlSuffix } = Stack.of(restApi);
    const endpoint = `https://${restApi.restApiId}.execute-api.${region}.${urlSuffix}/${stage}`;
    return {
      configuration,
      credentials: options.credentials && [options.credentials],
      passThrough: passThroughOf(options),
      manifest: () => ({ endpoint: Stack.of(scope).resolve(endpoint) }),
    };
  }

  /** What the API offers, from its exported document or from its constructs. */
  private operations(): readonly OpenApiOperation[] | undefined {
    const { document } = this.options;
    const source = document === undefined ? restApiDocument(this.restApi) : readObject(document);
    if (source === undefined) return undefined;
    const references = new References(source);
    return outlinesOf(references).operations.map((outline) => readOperation(references, outline));
  }

  private filters(operations: readonly OpenApiOperation[] | undefined): agentcore.ApiGatewayToolFilter[] {
    if (this.options.filters) return this.options.filters;
    if (operations === undefined) return [{ filterPath: '/*', methods: ALL_METHODS }];
    return filtersOf(operations, (name) => ApiGatewayHttpMethod.of(name));
  }
}
