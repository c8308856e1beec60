import * as agentcore from 'aws-cdk-lib/aws-bedrockagentcore';
import type { Construct } from 'constructs';
import type { HttpRequest } from '../../../contract/http-request';
import type { DeclaredTrustedField } from '../../../contract/trusted-context';
import { LateAsset } from '../../functions/late-asset';
import { documentSchema } from '../source/document-schema';
import type { BoundTarget, Declaration, TargetBinding, ToolSource } from '../source/tool-source';
import { OpenApiDocument } from './document';
import type { OpenApiToolsOptions } from './openapi-options';

/** Tools of an HTTP API that an OpenAPI document describes: one per operation. */
export class OpenApiTools implements ToolSource {
  readonly kind = 'openapi';
  readonly publishing = 'document';
  private read: OpenApiDocument | undefined;

  constructor(
    private readonly file: string,
    readonly options: OpenApiToolsOptions,
  ) {}

  private get document(): OpenApiDocument {
    this.read ??= new OpenApiDocument(this.file, this.options);
    return this.read;
  }

  sources(): readonly string[] {
    return [this.file, ...(this.options.tools?._files ?? [])];
  }

  declare(): Declaration {
    const { tools, findings } = this.document;
    return { tools, findings };
  }

  bind(scope: Construct, binding: TargetBinding): BoundTarget {
    const { server, operations } = this.document;
    const text = this.document.deployed(binding.trustedFieldsOf);
    const asset = LateAsset.file(scope, () => text);
    return {
      configuration: agentcore.OpenApiTargetConfiguration.create(documentSchema(asset), false),
      manifest: () => ({
        endpoint: server,
        requests: Object.fromEntries(
          operations.map(({ name, request }) => [name, withHeaders(request, binding.trustedFieldsOf(name))]),
        ),
      }),
    };
  }
}

function withHeaders(request: HttpRequest, trusted: readonly DeclaredTrustedField[]): HttpRequest {
  return {
    ...request,
    parameters: [...request.parameters, ...trusted.map(({ name }) => ({ name, in: 'header' }) as const)],
  };
}
