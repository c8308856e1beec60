import { isJsonObject, type JsonObject } from '../../contract/json';
import { JSON_RPC_ERROR, type JsonRpcRequest } from '../../contract/mcp';
import { SEARCH_TOOL_NAME } from '../../contract/tool-name';
import { paramsOf } from '../mcp/message';
import { Refusal } from '../mcp/refusal';
import type { ServingGateway } from '../serving-gateway';

/** A call of a tool, under the tool's full name. */
export interface ToolInvocation {
  readonly tool: string;
  readonly input: JsonObject;
}

/** Tool and arguments of a `tools/call`. Throws a refusal when there is no such tool. */
export function toolInvocation(message: JsonRpcRequest, gateway: ServingGateway): ToolInvocation {
  const { name, arguments: input = {} } = paramsOf(message);
  if (typeof name !== 'string') throw invalidParams('Missing parameter: name');
  if (!isJsonObject(input)) throw invalidParams('Invalid parameter: arguments');
  const isSearch = name === SEARCH_TOOL_NAME && gateway.manifest.gateway.semanticSearch;
  if (!isSearch && !gateway.tools.has(name)) throw invalidParams(`Unknown tool: ${name}`);
  return { tool: name, input };
}

function invalidParams(text: string): Refusal {
  return new Refusal(200, JSON_RPC_ERROR.invalidParams, text);
}
