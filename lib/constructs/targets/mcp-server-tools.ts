import { Stack, Token } from 'aws-cdk-lib';
import * as agentcore from 'aws-cdk-lib/aws-bedrockagentcore';
import type { Construct } from 'constructs';
import type { AnnotationTrust } from '../../contract/tool-classes/annotations';
import { GovernanceError } from '../../diagnostics/governance-error';
import { isPublicUrl } from './source/public-url';
import type { McpServerToolsOptions } from './source/target-options';
import type { BoundTarget, Declaration, ToolSource } from './source/tool-source';

/** Tools of a remote MCP server. They are unknown at synth, so the app pins its answer to `tools/list`. */
export class McpServerTools implements ToolSource {
  readonly kind = 'mcp-server';
  readonly publishing = 'remote';

  constructor(
    private readonly endpoint: string,
    readonly options: McpServerToolsOptions,
  ) {}

  get annotationTrust(): AnnotationTrust {
    return this.options.trustAnnotations === true ? 'trusted' : 'foreign';
  }

  sources(): readonly string[] {
    return this.options.tools._files;
  }

  declare(): Declaration {
    const { endpoint } = this;
    if (!Token.isUnresolved(endpoint) && !isPublicUrl(endpoint)) {
      throw GovernanceError.of('TARGET_ENDPOINT_INVALID', { endpoint });
    }
    return { tools: this.options.tools._read() };
  }

  bind(scope: Construct): BoundTarget {
    return {
      configuration: agentcore.McpServerTargetConfiguration.create(this.endpoint),
      manifest: () => ({ endpoint: Stack.of(scope).resolve(this.endpoint) }),
    };
  }
}
