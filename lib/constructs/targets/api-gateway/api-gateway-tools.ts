import { Stack } from 'aws-cdk-lib';
import type * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as agentcore from 'aws-cdk-lib/aws-bedrockagentcore';
import { Construct } from 'constructs';
import { GovernanceError } from '../../../diagnostics/governance-error';
import { acknowledgeWildcard } from '../../findings/acknowledge';
import { readObject } from '../source/read-document';
import { outboundCredential } from '../source/target-limits';
import type { BoundTarget, Declaration, TargetBinding, ToolSource } from '../source/tool-source';
import type { ApiGatewayToolsOptions } from './api-gateway-options';
import { type ApiTool, type ApiTools, describedTools, placedTools } from './api-operations';
import { checkRestApi } from './check-rest-api';
import { restApiDocument } from './rest-api-document';
import { stageOf } from './rest-api-stage';

/** Tools of a stage of a REST API in API Gateway: one per selected method. */
export class ApiGatewayTools implements ToolSource {
  readonly kind = 'api-gateway';
  readonly publishing = 'remote';
  /** As declared, so that what is deployed is what was checked, even if the API gets more methods afterwards. */
  private declared: readonly ApiTool[] = [];

  constructor(
    private readonly restApi: apigateway.IRestApi,
    readonly options: ApiGatewayToolsOptions,
  ) {}

  sources(): readonly string[] {
    const { document, tools } = this.options;
    return [...(document === undefined ? [] : [document]), ...(tools?._files ?? [])];
  }

  declare(scope: Construct): Declaration {
    const { tools, findings } = this.read();
    this.declared = tools;
    const stage = stageOf(this.restApi, this.options.stage);
    return {
      tools: tools.map(({ tool }) => tool),
      findings: [
        ...checkRestApi(this.restApi, scope, outboundCredential(this.kind, this.options.credentials)),
        ...stage.findings,
        ...findings,
      ],
    };
  }

  bind(scope: Construct, { gateway: { role } }: TargetBinding): BoundTarget {
    const { options, restApi, declared } = this;
    const { name: stage = '', construct } = stageOf(restApi, options.stage);
    const reason = 'the gateway calls the operations of one stage; which of them, the filters of the target say';
    if (role instanceof Construct) acknowledgeWildcard(role, restApi.arnForExecuteApi('*', '/*', stage), reason);
    const toolOverrides = declared.flatMap(overrideOf);
    const apiGatewayToolConfiguration = {
      toolFilters: filtersOf(declared),
      ...(toolOverrides.length > 0 && { toolOverrides }),
    };
    const { region, urlSuffix } = Stack.of(restApi);
    const endpoint = `https://${restApi.restApiId}.execute-api.${region}.${urlSuffix}/${stage}`;
    const requests = declared.flatMap(({ tool, request }) => (request ? [[tool.name, request] as const] : []));
    return {
      configuration: agentcore.ApiGatewayTargetConfiguration.create({ restApi, stage, apiGatewayToolConfiguration }),
      dependencies: construct && [construct],
      manifest: () => ({
        endpoint: Stack.of(scope).resolve(endpoint),
        ...(requests.length > 0 && { requests: Object.fromEntries(requests) }),
      }),
    };
  }

  private read(): ApiTools {
    const { options, restApi } = this;
    const source = options.document ?? restApi.node.path;
    const document = options.document === undefined ? restApiDocument(restApi) : readObject(options.document);
    const credential = outboundCredential(this.kind, options.credentials);
    if (document !== undefined) return describedTools(source, document, options, credential);
    const placed = placedTools(source, options);
    if (placed === undefined) throw GovernanceError.of('TARGET_API_UNKNOWN', { path: source });
    return placed;
  }
}

/** One filter for each path, with all its methods. Nothing that ends in `*`: it would match methods that come later. */
function filtersOf(tools: readonly ApiTool[]): agentcore.ApiGatewayToolFilter[] {
  const filters = new Map<string, agentcore.ApiGatewayHttpMethod[]>();
  for (const { path, method } of tools) {
    filters.set(path, [...(filters.get(path) ?? []), agentcore.ApiGatewayHttpMethod.of(method)]);
  }
  return [...filters].map(([filterPath, methods]) => ({ filterPath, methods }));
}

function overrideOf({ path, method, tool, override }: ApiTool): agentcore.ApiGatewayToolOverride[] {
  if (override === undefined) return [];
  return [{ path, method: agentcore.ApiGatewayHttpMethod.of(method), ...override, name: tool.name }];
}
