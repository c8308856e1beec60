/** Path of the MCP endpoint, as on the platform. */
export const MCP_PATH = '/mcp';

/** Path of the metadata that tells a client where to get a token (RFC 9728). */
export const RESOURCE_METADATA_PATH = '/.well-known/oauth-protected-resource';

/** Path of the local identity provider on the emulator's own address. */
export const IDENTITY_PATH = '/identity';
