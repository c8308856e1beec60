import { isJsonObject } from '../../contract/json';
import { JSON_RPC_ERROR, type JsonRpcRequest } from '../../contract/mcp';
import { SEARCH_TOOL_NAME } from '../../contract/tool-name';
import { Refusal } from '../refusal';
import type { ServingGateway, ToolInvocation } from '../serving';
import { paramsOf } from './message';

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
