import * as agentcore from 'aws-cdk-lib/aws-bedrockagentcore';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { functionManifest } from '../functions/function-manifest';
import { PublishedToolSchema } from './source/published-tool-schema';
import type { FunctionToolsOptions } from './source/target-options';
import type { ToolList } from './source/tool-list';
import type { BoundTarget, Declaration, TargetBinding, ToolSource } from './source/tool-source';

/** Tools that a Lambda function of the user runs, in whatever language. */
export class FunctionTools implements ToolSource {
  readonly kind = 'lambda';
  readonly publishing = 'inline';

  constructor(
    private readonly fn: lambda.IFunction,
    private readonly tools: ToolList,
    readonly options: FunctionToolsOptions,
  ) {}

  sources(): readonly string[] {
    return this.tools._files;
  }

  declare(): Declaration {
    return { tools: this.tools._read() };
  }

  bind(_scope: Construct, binding: TargetBinding): BoundTarget {
    const { fn } = this;
    return {
      configuration: agentcore.LambdaTargetConfiguration.create(fn, new PublishedToolSchema(binding.tools)),
      function: fn,
      manifest: () => ({ function: functionManifest(fn) }),
    };
  }
}
