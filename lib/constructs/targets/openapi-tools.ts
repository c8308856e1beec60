import * as agentcore from 'aws-cdk-lib/aws-bedrockagentcore';
import type { Construct } from 'constructs';
import { LateAsset } from '../late-asset';
import { documentSchema } from './document-schema';
import { OpenApiDocument } from './openapi-document';
import { passThroughOf } from './pass-through';
import type { HttpToolsOptions } from './target-options';
import type { BoundTarget, Declaration, TargetBinding, ToolSource } from './tool-source';

/** Tools of an HTTP API that an OpenAPI document describes: one per operation. */
export class OpenApiTools implements ToolSource {
  readonly kind = 'openapi';
  readonly publishing = 'document';
  readonly description: string | undefined;

  constructor(
    private readonly file: string,
    private readonly options: HttpToolsOptions,
  ) {
    this.description = options.description;
  }

  declare(): Declaration {
    const declaration = new OpenApiDocument(this.file).declare();
    return { ...declaration, tools: this.options.tools?._read() ?? declaration.tools };
  }

  bind(scope: Construct, binding: TargetBinding): BoundTarget {
    const document = new OpenApiDocument(this.file);
    const asset = LateAsset.file(scope, () => document.text(binding.trustedFieldsOf));
    const { credentials } = this.options;
    return {
      configuration: agentcore.OpenApiTargetConfiguration.create(documentSchema(asset), false),
      credentials: credentials && [credentials],
      passThrough: passThroughOf(this.options),
      manifest: () => ({ endpoint: document.server ?? '', document: asset.directory() }),
    };
  }
}
