import { type HttpHandler, jsonReply } from '../http/exchange';
import { MCP_PATH, RESOURCE_METADATA_PATH } from '../http/paths';
import type { ServingGateway } from '../serving-gateway';

/** Where clients learn how to get a token (RFC 9728), at this one path and with these members. Seen on the service. */
export function metadataRoutes(gateway: ServingGateway, issuer: string): [string, HttpHandler][] {
  const document = {
    authorization_servers: [issuer],
    resource: `${gateway.baseUrl}${MCP_PATH}`,
    scopes_supported: gateway.manifest.identity.allowedScopes,
  };
  return [[`GET ${RESOURCE_METADATA_PATH}`, () => jsonReply(document)]];
}
