import * as agentcore from 'aws-cdk-lib/aws-bedrockagentcore';
import { describedTools } from './api-gateway/api-operations';
import { OpenApiDocument } from './openapi/document';
import { SmithyModel } from './smithy/model';
import type { OperationFilter } from './source/operation-filter';
import { readObject } from './source/read-document';
import { outboundCredential } from './source/target-limits';
import type { Declaration } from './source/tool-source';

/** What the gateway signs in with, as the API spells it; undefined where nothing is said. */
type CredentialType = string | undefined;

/** Another name or description of a method of a REST API. */
export interface MethodOverride {
  readonly path: string;
  readonly method: string;
  readonly name: string;
  readonly description?: string;
}

/** The tools of an OpenAPI document, without a target. Throws a GovernanceError when it cannot be read. */
export function openApiTools(file: string, credential: CredentialType): Declaration {
  return new OpenApiDocument(file, credentials(credential));
}

/** The tools of a Smithy model, likewise. */
export function smithyTools(file: string, credential: CredentialType): Declaration {
  return new SmithyModel(file, credentials(credential));
}

/** The tools of an export of a REST API, likewise. */
export function restApiTools(
  file: string,
  credential: CredentialType,
  { include, overrides }: { readonly include: OperationFilter[]; readonly overrides: readonly MethodOverride[] },
): Declaration {
  const given = overrides.map((one) => ({ ...one, method: agentcore.ApiGatewayHttpMethod.of(one.method) }));
  const signsIn = outboundCredential('api-gateway', credentials(credential).credentials);
  const { tools, findings } = describedTools(file, readObject(file), { include, overrides: given }, signsIn);
  return { tools: tools.map(({ tool }) => tool), findings };
}

/** The checks of documents read nothing of credentials but their type. */
function credentials(type: CredentialType): { readonly credentials?: agentcore.ICredentialProviderConfig } {
  if (type === undefined) return {};
  return { credentials: { credentialProviderType: type } as agentcore.ICredentialProviderConfig };
}
