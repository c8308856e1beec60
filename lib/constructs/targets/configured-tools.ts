import * as agentcore from 'aws-cdk-lib/aws-bedrockagentcore';
import type { AnnotationTrust } from '../../contract/tool-classes/annotations';
import { KIND_OF_TYPE, type ServiceKind } from './source/target-limits';
import type { ConfiguredToolsOptions } from './source/target-options';
import type { ToolList } from './source/tool-list';
import type { BoundTarget, Declaration, ToolSource } from './source/tool-source';

/** Any target configuration of aws-cdk-lib, with the tools that it will have. */
export class ConfiguredTools implements ToolSource {
  readonly kind = 'custom';
  readonly publishing = 'remote';

  constructor(
    private readonly configuration: agentcore.ITargetConfiguration,
    private readonly tools: ToolList,
    readonly options: ConfiguredToolsOptions,
  ) {}

  get serviceKind(): ServiceKind {
    return KIND_OF_TYPE[this.configuration.targetType];
  }

  get annotationTrust(): AnnotationTrust {
    const kind: ServiceKind | undefined = this.serviceKind;
    if (kind !== undefined && kind !== 'mcp-server') return 'own';
    return this.options.trustAnnotations === true ? 'trusted' : 'foreign';
  }

  sources(): readonly string[] {
    return this.tools._files;
  }

  declare(): Declaration {
    return { tools: this.tools._read() };
  }

  bind(): BoundTarget {
    const { configuration } = this;
    return {
      configuration,
      function: configuration instanceof agentcore.LambdaTargetConfiguration ? configuration.lambdaFunction : undefined,
    };
  }
}
