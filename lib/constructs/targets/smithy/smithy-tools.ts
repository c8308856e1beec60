import * as agentcore from 'aws-cdk-lib/aws-bedrockagentcore';
import type { Construct } from 'constructs';
import { LateAsset } from '../../functions/late-asset';
import { documentSchema } from '../source/document-schema';
import { passThroughOf } from '../source/pass-through';
import { readDocument } from '../source/read-document';
import type { HttpToolsOptions } from '../source/target-options';
import type { BoundTarget, Declaration, ToolSource } from '../source/tool-source';
import { SmithyModel } from './model';

/** Tools of a service that a Smithy model describes: one per operation. */
export class SmithyTools implements ToolSource {
  readonly kind = 'smithy';
  readonly publishing = 'remote';
  readonly description: string | undefined;

  constructor(
    private readonly file: string,
    private readonly options: HttpToolsOptions,
  ) {
    this.description = options.description;
  }

  declare(): Declaration {
    const declaration = new SmithyModel(this.file).declare();
    return { ...declaration, tools: this.options.tools?._read() ?? declaration.tools };
  }

  bind(scope: Construct): BoundTarget {
    const { credentials } = this.options;
    const text = JSON.stringify(readDocument(this.file));
    const asset = LateAsset.file(scope, () => text);
    return {
      configuration: agentcore.SmithyTargetConfiguration.create(documentSchema(asset)),
      credentials: credentials && [credentials],
      passThrough: passThroughOf(this.options),
    };
  }
}
