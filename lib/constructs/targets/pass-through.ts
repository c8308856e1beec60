import type * as agentcore from 'aws-cdk-lib/aws-bedrockagentcore';
import type { HeaderOptions } from './typescript-options';

/** Header options in the template's words, or undefined when no header passes. */
export function passThroughOf(
  options: HeaderOptions,
): agentcore.CfnGatewayTarget.MetadataConfigurationProperty | undefined {
  const { allowedRequestHeaders, allowedResponseHeaders } = options;
  if (!allowedRequestHeaders?.length && !allowedResponseHeaders?.length) return undefined;
  return {
    ...(allowedRequestHeaders?.length && { allowedRequestHeaders }),
    ...(allowedResponseHeaders?.length && { allowedResponseHeaders }),
  };
}
