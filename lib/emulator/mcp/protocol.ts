import type { Headers } from '../../contract/interceptor-payload';
import { isJsonObject, type JsonObject, type JsonValue } from '../../contract/json';
import { JSON_RPC_ERROR, type JsonRpcRequest, MCP_VERSION_WITHOUT_HEADER } from '../../contract/mcp';
import { isNotification, paramsOf } from './message';
import { Refusal } from './refusal';

/** The stateless revision: no `initialize`, no sessions, every request describes itself in `_meta`. */
export const STATELESS_VERSION = '2026-07-28';

/** Codes of the stateless revision (MCP specification 2026-07-28, schema). */
const HEADER_MISMATCH = -32020;
const UNSUPPORTED_VERSION = -32022;

const META_PREFIX = 'io.modelcontextprotocol/';
const META_VERSION = `${META_PREFIX}protocolVersion`;
const META_CAPABILITIES = `${META_PREFIX}clientCapabilities`;
export const META_SERVER_INFO = `${META_PREFIX}serverInfo`;

/** Where the `Mcp-Name` header's value stands in the body. */
const NAME_PARAMETERS: { readonly [method: string]: string } = {
  'tools/call': 'name',
  'prompts/get': 'name',
  'resources/read': 'uri',
};

/**
 * The protocol version of a message. Throws a refusal when the version is none that the gateway was made with, or when
 * headers and body of a stateless request disagree.
 */
export function negotiatedVersion(message: JsonRpcRequest, headers: Headers, supported: readonly string[]): string {
  const header = headers['mcp-protocol-version'];
  const meta = paramsOf(message)['_meta'];
  const claimed = isJsonObject(meta) ? meta[META_VERSION] : undefined;
  if (message.method === 'initialize' && claimed === undefined) return initializeVersion(message, supported);
  const version = typeof claimed === 'string' ? claimed : (header ?? MCP_VERSION_WITHOUT_HEADER);
  if (!supported.includes(version)) throw unsupported(version, supported);
  if (header !== undefined && header !== version) expectHeader(headers, 'MCP-Protocol-Version', version);
  if (version === STATELESS_VERSION) checkStateless(message, headers, meta);
  return version;
}

function initializeVersion(message: JsonRpcRequest, supported: readonly string[]): string {
  const asked = paramsOf(message)['protocolVersion'];
  if (typeof asked !== 'string') throw new Refusal(400, JSON_RPC_ERROR.invalidParams, 'Missing protocolVersion');
  const initializable = supported.filter((version) => version !== STATELESS_VERSION);
  if (!initializable.includes(asked)) throw unsupported(asked, initializable);
  return asked;
}

function unsupported(requested: string, supported: readonly string[]): Refusal {
  const data: JsonValue = { supported: [...supported], requested };
  return new Refusal(400, UNSUPPORTED_VERSION, `Unsupported MCP protocol version: ${requested}`, { data });
}

function checkStateless(message: JsonRpcRequest, headers: Headers, meta: JsonValue | undefined): void {
  if (isNotification(message)) return;
  if (!isJsonObject(meta) || typeof meta[META_VERSION] !== 'string' || !isJsonObject(meta[META_CAPABILITIES])) {
    const missing = `Missing _meta fields ${META_VERSION} and ${META_CAPABILITIES}`;
    throw new Refusal(400, JSON_RPC_ERROR.invalidParams, missing);
  }
  expectHeader(headers, 'MCP-Protocol-Version', meta[META_VERSION]);
  expectHeader(headers, 'Mcp-Method', message.method);
  const parameter = NAME_PARAMETERS[message.method];
  const name = parameter === undefined ? undefined : paramsOf(message)[parameter];
  if (typeof name === 'string') expectHeader(headers, 'Mcp-Name', name);
}

/** A header that must say what the body says. Names outside ASCII come as `=?base64?...?=`. */
function expectHeader(headers: Headers, name: string, expected: string): void {
  const sent = headers[name.toLowerCase()]?.trim();
  if (sent === undefined) throw new Refusal(400, HEADER_MISMATCH, `Missing ${name} header`);
  const encoded = /^=\?base64\?(.*)\?=$/i.exec(sent)?.[1];
  const value = encoded === undefined ? sent : Buffer.from(encoded, 'base64').toString('utf8');
  if (value !== expected) throw new Refusal(400, HEADER_MISMATCH, `${name} header does not match the body`);
}

/** Methods whose results a client may keep (MCP specification 2026-07-28). */
const CACHEABLE = new Set([
  'server/discover',
  'tools/list',
  'prompts/list',
  'resources/list',
  'resources/templates/list',
  'resources/read',
]);

/**
 * A result in the form of its revision: the stateless one wants a result type, and on lists how long they may be kept.
 * Lists depend on the caller and on policies that can change at any moment, so nobody may keep them.
 */
export function encodeResult(version: string, method: string, result: JsonObject): JsonObject {
  if (version !== STATELESS_VERSION) return result;
  const caching: JsonObject = CACHEABLE.has(method) ? { ttlMs: 0, cacheScope: 'private' } : {};
  return { resultType: 'complete', ...caching, ...result };
}
