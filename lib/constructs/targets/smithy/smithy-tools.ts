import * as agentcore from 'aws-cdk-lib/aws-bedrockagentcore';
import type { Construct } from 'constructs';
import { LateAsset } from '../../functions/late-asset';
import { documentSchema } from '../source/document-schema';
import type { BoundTarget, Declaration, ToolSource } from '../source/tool-source';
import { SmithyModel } from './model';
import type { SmithyToolsOptions } from './smithy-options';

/** Tools of a service that a Smithy model describes: one per operation. */
export class SmithyTools implements ToolSource {
  readonly kind = 'smithy';
  readonly publishing = 'remote';
  private read: SmithyModel | undefined;

  constructor(
    private readonly file: string,
    readonly options: SmithyToolsOptions,
  ) {}

  private get model(): SmithyModel {
    this.read ??= new SmithyModel(this.file, this.options);
    return this.read;
  }

  sources(): readonly string[] {
    return [this.file, ...(this.options.tools?._files ?? [])];
  }

  declare(): Declaration {
    const { tools, findings } = this.model;
    return { tools, findings };
  }

  bind(scope: Construct): BoundTarget {
    const text = this.model.deployed();
    const asset = LateAsset.file(scope, () => text);
    return { configuration: agentcore.SmithyTargetConfiguration.create(documentSchema(asset)) };
  }
}
