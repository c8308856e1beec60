import type * as agentcore from 'aws-cdk-lib/aws-bedrockagentcore';
import type { HttpToolsOptions } from '../source/target-options';

/** Tools of a REST API in API Gateway. */
export interface ApiGatewayToolsOptions extends HttpToolsOptions {
  /**
   * Stage of the API.
   *
   * @default - the API's deployment stage
   */
  readonly stage?: string;

  /**
   * Which operations become tools.
   *
   * @default - all that are known at synth, except CORS preflights, methods for any verb and proxy resources
   */
  readonly filters?: agentcore.ApiGatewayToolFilter[];

  /**
   * Other names and descriptions of tools. An operation without operation name needs one.
   *
   * @default - the operation names of the API's methods
   */
  readonly overrides?: agentcore.ApiGatewayToolOverride[];

  /**
   * Path of the API's OpenAPI export in JSON or YAML, relative to the app's directory.
   *
   * @default - the methods that the API's construct has at this point; an imported API needs a document or `tools`
   */
  readonly document?: string;
}
