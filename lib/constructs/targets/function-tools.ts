import * as agentcore from 'aws-cdk-lib/aws-bedrockagentcore';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { functionManifest } from '../functions/function-manifest';
import { passThroughOf } from './source/pass-through';
import { PublishedToolSchema } from './source/published-tool-schema';
import type { FunctionToolsOptions } from './source/target-options';
import type { ToolList } from './source/tool-list';
import type { BoundTarget, Declaration, TargetBinding, ToolSource } from './source/tool-source';

/** Tools that a Lambda function of the user runs, in whatever language. */
export class FunctionTools implements ToolSource {
  readonly kind = 'lambda';
  readonly publishing = 'inline';
  readonly description: string | undefined;

  constructor(
    private readonly fn: lambda.IFunction,
    private readonly tools: ToolList,
    private readonly options: FunctionToolsOptions,
  ) {
    this.description = options.description;
  }

  declare(): Declaration {
    return { tools: this.tools._read() };
  }

  bind(_scope: Construct, binding: TargetBinding): BoundTarget {
    const { fn } = this;
    return {
      configuration: agentcore.LambdaTargetConfiguration.create(fn, new PublishedToolSchema(binding.tools)),
      function: fn,
      passThrough: passThroughOf(this.options),
      manifest: () => ({ function: functionManifest(fn) }),
    };
  }
}
