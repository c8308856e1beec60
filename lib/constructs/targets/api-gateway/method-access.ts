import type { JsonObject } from '../../../contract/json';
import { listOf, objectOf } from '../source/members';
import type { OutboundCredential } from '../source/target-limits';

/** Who may call a method, as exports of API Gateway say it. */
export type SecurityScheme = 'sigv4' | 'api_key' | 'authorizer';

export const SECURITY_SCHEMES: { readonly [name in SecurityScheme]: JsonObject } = {
  sigv4: { type: 'apiKey', name: 'Authorization', in: 'header', 'x-amazon-apigateway-authtype': 'awsSigv4' },
  api_key: { type: 'apiKey', name: 'x-api-key', in: 'header' },
  authorizer: { type: 'apiKey', name: 'Authorization', in: 'header', 'x-amazon-apigateway-authtype': 'custom' },
};

/** What a method wants of its callers: a credential of the target, or something that no gateway has. */
export interface MethodAccess {
  readonly needs: OutboundCredential;
  /** Why the gateway can never call it. */
  readonly problem?: string;
}

/** Source: developer guides, pages gateway-target-api-gateway (AWS_IAM with API key) and mcp-server of API Gateway (authorizers). */
export function accessOf(document: JsonObject, operation: JsonObject): MethodAccess {
  const schemes = objectOf(objectOf(document['components'])['securitySchemes']);
  const required = listOf(operation['security'] ?? document['security']).flatMap((one) => Object.keys(objectOf(one)));
  const kinds = new Set(required.map((name) => kindOf(objectOf(schemes[name]))));
  if (kinds.has('authorizer'))
    return { needs: 'none', problem: 'its authorizer is a user pool or a function, which the gateway cannot satisfy' };
  if (kinds.has('sigv4') && kinds.has('api_key')) {
    return { needs: 'none', problem: 'it wants both AWS_IAM and an API key, which the gateway cannot send together' };
  }
  if (kinds.has('sigv4')) return { needs: 'role' };
  return { needs: kinds.has('api_key') ? 'api-key' : 'none' };
}

function kindOf(scheme: JsonObject): SecurityScheme {
  const type = scheme['x-amazon-apigateway-authtype'];
  if (type === 'awsSigv4') return 'sigv4';
  return type === undefined && scheme['type'] === 'apiKey' ? 'api_key' : 'authorizer';
}
