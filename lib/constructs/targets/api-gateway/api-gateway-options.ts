import type * as agentcore from 'aws-cdk-lib/aws-bedrockagentcore';
import type { OperationSelectionOptions } from '../source/operation-filter';
import type { HttpToolsOptions } from '../source/target-options';

/**
 * Tools of a REST API in API Gateway. The selected methods are deployed one by one, so that a method that the API gets later is no tool
 * before the app is synthesized again.
 */
export interface ApiGatewayToolsOptions extends HttpToolsOptions, OperationSelectionOptions {
  /**
   * Stage of the API.
   *
   * @default - the API's deployment stage
   */
  readonly stage?: string;

  /**
   * Other names and descriptions of tools. For an imported API without `document` they say which method each of the `tools` is.
   *
   * @default - operation names; methods without one are named by method and path
   */
  readonly overrides?: agentcore.ApiGatewayToolOverride[];

  /**
   * Path of the API's OpenAPI export in JSON or YAML, relative to the app's directory.
   *
   * @default - the methods that the API's construct has at this point
   */
  readonly document?: string;
}
