import * as agentcore from 'aws-cdk-lib/aws-bedrockagentcore';
import type { Construct } from 'constructs';
import { LateAsset } from '../../functions/late-asset';
import { documentSchema } from '../source/document-schema';
import { passThroughOf } from '../source/pass-through';
import type { HttpToolsOptions } from '../source/target-options';
import type { BoundTarget, Declaration, TargetBinding, ToolSource } from '../source/tool-source';
import { OpenApiDocument } from './document';

/** Tools of an HTTP API that an OpenAPI document describes: one per operation. */
export class OpenApiTools implements ToolSource {
  readonly kind = 'openapi';
  readonly publishing = 'document';
  readonly description: string | undefined;
  private read: OpenApiDocument | undefined;

  constructor(
    private readonly file: string,
    private readonly options: HttpToolsOptions,
  ) {
    this.description = options.description;
  }

  private get document(): OpenApiDocument {
    this.read ??= new OpenApiDocument(this.file);
    return this.read;
  }

  declare(): Declaration {
    const declaration = this.document.declare();
    return { ...declaration, tools: this.options.tools?._read() ?? declaration.tools };
  }

  bind(scope: Construct, binding: TargetBinding): BoundTarget {
    const { document } = this;
    const text = document.text(binding.trustedFieldsOf);
    const asset = LateAsset.file(scope, () => text);
    const { credentials } = this.options;
    return {
      configuration: agentcore.OpenApiTargetConfiguration.create(documentSchema(asset), false),
      credentials: credentials && [credentials],
      passThrough: passThroughOf(this.options),
      manifest: () => ({ endpoint: document.server ?? '', document: asset.directory() }),
    };
  }
}
