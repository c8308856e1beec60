import type * as apigateway from 'aws-cdk-lib/aws-apigateway';
import type * as agentcore from 'aws-cdk-lib/aws-bedrockagentcore';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import type { ApiGatewayToolsOptions } from './api-gateway/api-gateway-options';
import { ApiGatewayTools } from './api-gateway/api-gateway-tools';
import { ConfiguredTools } from './configured-tools';
import { FunctionTools } from './function-tools';
import { McpServerTools } from './mcp-server-tools';
import type { OpenApiToolsOptions } from './openapi/openapi-options';
import { OpenApiTools } from './openapi/openapi-tools';
import type { SmithyToolsOptions } from './smithy/smithy-options';
import { SmithyTools } from './smithy/smithy-tools';
import type { ConfiguredToolsOptions, FunctionToolsOptions, McpServerToolsOptions } from './source/target-options';
import type { ToolList } from './source/tool-list';
import type { ToolSource } from './source/tool-source';
import type { TypeScriptToolsOptions } from './typescript/typescript-options';
import { TypeScriptTools } from './typescript/typescript-tools';

/**
 * The tools of one gateway target, and what runs them.
 *
 * @example
 * gateway.addTarget('notes', Tools.fromTypeScript('tools/notes.ts'));
 * gateway.addTarget('orders', Tools.fromOpenApi('apis/orders.yaml'));
 * gateway.addTarget('claims', Tools.fromFunction(fn, ToolList.fromFile('tools/claims.json')));
 */
export class Tools {
  /**
   * Tools in TypeScript, defined with `defineTool` of `governed-gateway/tool`. The entry exports `handler = toolHandler(...)`; it is bundled
   * at synth, and a Lambda function that may do nothing except write its log runs it.
   *
   * @param entry path of the source file, relative to the app's directory
   */
  static fromTypeScript(entry: string, options: TypeScriptToolsOptions = {}): Tools {
    return new Tools(new TypeScriptTools(entry, options));
  }

  /**
   * Tools that a Lambda function of yours runs. It receives the arguments as its event, and the full tool name in
   * `context.clientContext.custom.bedrockAgentCoreToolName`.
   */
  static fromFunction(fn: lambda.IFunction, tools: ToolList, options: FunctionToolsOptions = {}): Tools {
    return new Tools(new FunctionTools(fn, tools, options));
  }

  /**
   * Tools of a remote MCP server.
   *
   * @param endpoint HTTPS URL of the server
   */
  static fromMcpServer(endpoint: string, options: McpServerToolsOptions): Tools {
    return new Tools(new McpServerTools(endpoint, options));
  }

  /**
   * Tools of an HTTP API that an OpenAPI document describes: one per operation, named by its `operationId`, or by method and path when it has
   * none. What is uploaded is a document of the selected operations; trusted fields are header parameters in it.
   *
   * @param file path of the OpenAPI 3.0 or 3.1 document in JSON or YAML, relative to the app's directory
   */
  static fromOpenApi(file: string, options: OpenApiToolsOptions = {}): Tools {
    return new Tools(new OpenApiTools(file, options));
  }

  /**
   * Tools of a service that a Smithy model describes: one per operation. The model is uploaded as an asset, without the operations that are
   * not selected. Its protocol must be restJson1.
   *
   * @param file path of the model in Smithy's JSON AST, relative to the app's directory
   */
  static fromSmithy(file: string, options: SmithyToolsOptions = {}): Tools {
    return new Tools(new SmithyTools(file, options));
  }

  /** Tools of a stage of a REST API in API Gateway: one for each method that has an operation name or an override. */
  static fromApiGateway(restApi: apigateway.IRestApi, options: ApiGatewayToolsOptions = {}): Tools {
    return new Tools(new ApiGatewayTools(restApi, options));
  }

  /** Any target configuration of aws-cdk-lib, and the tools that it will have. */
  static fromConfiguration(
    configuration: agentcore.ITargetConfiguration,
    tools: ToolList,
    options: ConfiguredToolsOptions = {},
  ): Tools {
    return new Tools(new ConfiguredTools(configuration, tools, options));
  }

  private constructor(
    /** @internal */
    readonly _source: ToolSource,
  ) {}
}
