import { type HttpHandler, jsonReply } from '../http/exchange';
import { MCP_PATH, RESOURCE_METADATA_PATH } from '../http/paths';
import type { ServingGateway } from '../serving-gateway';

/** Where clients learn how to get a token (RFC 9728). Clients look below the endpoint's path first. */
export function metadataRoutes(gateway: ServingGateway, issuer: string): [string, HttpHandler][] {
  const document: HttpHandler = () =>
    jsonReply({
      resource: `${gateway.baseUrl}${MCP_PATH}`,
      authorization_servers: [issuer],
      scopes_supported: gateway.manifest.identity.allowedScopes,
      bearer_methods_supported: ['header'],
    });
  return [
    [`GET ${RESOURCE_METADATA_PATH}`, document],
    [`GET ${RESOURCE_METADATA_PATH}${MCP_PATH}`, document],
  ];
}
