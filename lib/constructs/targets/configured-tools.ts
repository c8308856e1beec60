import * as agentcore from 'aws-cdk-lib/aws-bedrockagentcore';
import { passThroughOf } from './source/pass-through';
import type { ConfiguredToolsOptions } from './source/target-options';
import type { ToolList } from './source/tool-list';
import type { BoundTarget, Declaration, ToolSource } from './source/tool-source';

/** Any target configuration of aws-cdk-lib, with the tools that it will have. */
export class ConfiguredTools implements ToolSource {
  readonly kind = 'custom';
  readonly publishing = 'remote';
  readonly description: string | undefined;

  constructor(
    private readonly configuration: agentcore.ITargetConfiguration,
    private readonly tools: ToolList,
    private readonly options: ConfiguredToolsOptions,
  ) {
    this.description = options.description;
  }

  declare(): Declaration {
    return { tools: this.tools._read() };
  }

  bind(): BoundTarget {
    const { configuration } = this;
    const { credentials } = this.options;
    return {
      configuration,
      credentials: credentials && [credentials],
      function: configuration instanceof agentcore.LambdaTargetConfiguration ? configuration.lambdaFunction : undefined,
      passThrough: passThroughOf(this.options),
    };
  }
}
