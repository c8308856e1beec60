import * as agentcore from 'aws-cdk-lib/aws-bedrockagentcore';
import type { Construct } from 'constructs';
import type { HttpRequest } from '../../../contract/http-request';
import type { TrustedField } from '../../../contract/trusted-context';
import { LateAsset } from '../../functions/late-asset';
import { documentSchema } from '../source/document-schema';
import { passThroughOf } from '../source/pass-through';
import type { BoundTarget, Declaration, TargetBinding, ToolSource } from '../source/tool-source';
import { OpenApiDocument } from './document';
import type { OpenApiToolsOptions } from './openapi-options';

/** Tools of an HTTP API that an OpenAPI document describes: one per operation. */
export class OpenApiTools implements ToolSource {
  readonly kind = 'openapi';
  readonly publishing = 'document';
  readonly description: string | undefined;
  private read: OpenApiDocument | undefined;

  constructor(
    private readonly file: string,
    private readonly options: OpenApiToolsOptions,
  ) {
    this.description = options.description;
  }

  private get document(): OpenApiDocument {
    this.read ??= new OpenApiDocument(this.file, this.options);
    return this.read;
  }

  declare(): Declaration {
    const { tools, findings } = this.document;
    return { tools, findings };
  }

  bind(scope: Construct, binding: TargetBinding): BoundTarget {
    const { server, operations } = this.document;
    const text = this.document.deployed(binding.trustedFieldsOf);
    const asset = LateAsset.file(scope, () => text);
    const { credentials } = this.options;
    return {
      configuration: agentcore.OpenApiTargetConfiguration.create(documentSchema(asset), false),
      credentials: credentials && [credentials],
      passThrough: passThroughOf(this.options),
      manifest: () => ({
        endpoint: server,
        requests: Object.fromEntries(
          operations.map(({ name, request }) => [name, withHeaders(request, binding.trustedFieldsOf(name))]),
        ),
      }),
    };
  }
}

function withHeaders(request: HttpRequest, trusted: readonly TrustedField[]): HttpRequest {
  return {
    ...request,
    parameters: [...request.parameters, ...trusted.map(({ name }) => ({ name, in: 'header' }) as const)],
  };
}
