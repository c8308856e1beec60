import type { JsonObject, JsonValue } from './json';

/** Protocol versions that an AgentCore gateway speaks, newest first. Source: developer guide, page gateway-using. */
export const MCP_PROTOCOL_VERSIONS = ['2026-07-28', '2025-11-25', '2025-06-18', '2025-03-26'] as const;

/** The version that a client without a version header speaks (MCP specification 2025-06-18, transports). */
export const MCP_VERSION_WITHOUT_HEADER = '2025-03-26';

/** JSON-RPC error codes that a gateway or this library answers with. */
export const JSON_RPC_ERROR = {
  parseError: -32700,
  invalidRequest: -32600,
  methodNotFound: -32601,
  invalidParams: -32602,
  internalError: -32603,
  /** AgentCore: inbound authorization failed. */
  unauthorized: -32001,
  /** AgentCore: a policy or an interceptor denied the call. Other errors reuse it: look at the message as well. */
  denied: -32002,
} as const;

export type JsonRpcId = string | number | null;

export interface JsonRpcError extends JsonObject {
  code: number;
  message: string;
}

/** A request (with id) or a notification (without). */
export interface JsonRpcRequest {
  readonly jsonrpc: '2.0';
  readonly id?: JsonRpcId;
  readonly method: string;
  readonly params?: JsonObject;
}

export interface JsonRpcResponse {
  readonly jsonrpc: '2.0';
  readonly id: JsonRpcId;
  readonly result?: JsonValue;
  readonly error?: JsonRpcError;
}

/** A tool as `tools/list` shows it. */
export interface ToolDefinition {
  /** In a catalog of one target: the bare name. In a `tools/list` result: `target___tool`. */
  readonly name: string;
  readonly description: string;
  /** JSON Schema of the arguments; its top-level type is object. */
  readonly inputSchema: JsonObject;
  readonly outputSchema?: JsonObject;
}

/** A tool as a catalog holds it. */
export interface CatalogTool extends ToolDefinition {
  /** What policies may say of it and of others at once, see `tool-classes/`. @default - none */
  readonly classes?: readonly string[];
}
