import type * as agentcore from 'aws-cdk-lib/aws-bedrockagentcore';
import type { HeaderOptions } from './target-options';

/** What passes between client and target. */
export interface PassThroughOptions extends HeaderOptions {
  readonly allowedQueryParameters?: string[];
}

/** What passes, in the template's words, or undefined when nothing does. */
export function passThroughOf(
  options: PassThroughOptions,
): agentcore.CfnGatewayTarget.MetadataConfigurationProperty | undefined {
  const { allowedRequestHeaders, allowedResponseHeaders, allowedQueryParameters } = options;
  const lists = { allowedRequestHeaders, allowedResponseHeaders, allowedQueryParameters };
  const given = Object.entries(lists).filter(([, names]) => names !== undefined && names.length > 0);
  return given.length > 0 ? Object.fromEntries(given) : undefined;
}
