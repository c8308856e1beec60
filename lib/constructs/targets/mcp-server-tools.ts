import { Stack, Token } from 'aws-cdk-lib';
import * as agentcore from 'aws-cdk-lib/aws-bedrockagentcore';
import type { Construct } from 'constructs';
import { GovernanceError } from '../../diagnostics/governance-error';
import { passThroughOf } from './source/pass-through';
import type { McpServerToolsOptions } from './source/target-options';
import type { BoundTarget, Declaration, ToolSource } from './source/tool-source';

/** Tools of a remote MCP server. They are unknown at synth, so the app pins its answer to `tools/list`. */
export class McpServerTools implements ToolSource {
  readonly kind = 'mcp-server';
  readonly publishing = 'remote';
  readonly description: string | undefined;

  constructor(
    private readonly endpoint: string,
    private readonly options: McpServerToolsOptions,
  ) {
    this.description = options.description;
  }

  declare(): Declaration {
    const { endpoint } = this;
    if (!Token.isUnresolved(endpoint) && !isHttps(endpoint)) {
      throw GovernanceError.of('TARGET_ENDPOINT_INVALID', { endpoint });
    }
    return { tools: this.options.tools._read() };
  }

  bind(scope: Construct): BoundTarget {
    const { credentials } = this.options;
    return {
      configuration: agentcore.McpServerTargetConfiguration.create(this.endpoint),
      credentials: credentials && [credentials],
      passThrough: passThroughOf(this.options),
      manifest: () => ({ endpoint: Stack.of(scope).resolve(this.endpoint) }),
    };
  }
}

function isHttps(endpoint: string): boolean {
  return URL.canParse(endpoint) && new URL(endpoint).protocol === 'https:' && !/[\s<>]/.test(endpoint);
}
