/**
 * What a Lambda target finds in `context.clientContext.custom`, all strings. The event itself is the flat argument map.
 * Source: developer guide, page gateway-add-target-lambda.
 */
export interface LambdaTargetContext {
  readonly bedrockAgentCoreMessageVersion: '1.0';
  readonly bedrockAgentCoreAwsRequestId: string;
  readonly bedrockAgentCoreMcpMessageId: string;
  readonly bedrockAgentCoreGatewayId: string;
  readonly bedrockAgentCoreTargetId: string;
  /** `<target>___<tool>`. */
  readonly bedrockAgentCoreToolName: string;
}
