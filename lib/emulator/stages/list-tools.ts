import type { JsonObject } from '../../contract/json';
import { JSON_RPC_ERROR, type ToolDefinition } from '../../contract/mcp';
import { SEARCH_TOOL_NAME } from '../../contract/tool-name';
import type { Caller } from '../mcp/caller';
import { Refusal } from '../mcp/refusal';
import type { ServingGateway } from '../serving-gateway';

/** Tools that a search finds at most. Source: developer guide, page gateway-using-mcp. */
const SEARCH_RESULTS = 10;

/** The tool that semantic search adds. */
const SEARCH_TOOL: ToolDefinition = {
  name: SEARCH_TOOL_NAME,
  description: 'Finds the tools that fit a task described in plain words',
  inputSchema: {
    type: 'object',
    properties: { query: { type: 'string', description: 'The task' } },
    required: ['query'],
  },
};

/** Whether a caller may see a tool: when some call of it could be permitted. */
function visibility(caller: Caller, gateway: ServingGateway): (tool: string) => boolean {
  const listed = gateway.policies.listTools(caller.principal, gateway.clock());
  return (tool) => listed.has(tool);
}

/** Answers `tools/list`. */
export function listTools(params: JsonObject, caller: Caller, gateway: ServingGateway): JsonObject {
  const isVisible = visibility(caller, gateway);
  const tools: ToolDefinition[] = gateway.manifest.gateway.semanticSearch ? [SEARCH_TOOL] : [];
  for (const [name, tool] of gateway.tools) if (isVisible(name)) tools.push(tool.definition);
  const start = offsetOf(params['cursor']);
  const size = gateway.manifest.gateway.toolListPagination ? gateway.switches.toolListPageSize : tools.length;
  const page = { tools: tools.slice(start, start + size) as unknown as JsonObject[] };
  return start + size < tools.length ? { ...page, nextCursor: cursorOf(start + size) } : page;
}

/** Answers a call of the search tool, in the shapes that the service uses. */
export function searchTools(input: JsonObject, caller: Caller, gateway: ServingGateway): JsonObject {
  const query = input['query'];
  if (typeof query !== 'string') throw new Refusal(200, JSON_RPC_ERROR.invalidParams, 'Missing argument: query');
  const found = gateway.toolIndex.search(query, SEARCH_RESULTS, visibility(caller, gateway));
  const tools = found.flatMap((name) => gateway.tools.get(name)?.definition ?? []) as unknown as JsonObject[];
  return { content: [{ type: 'text', text: JSON.stringify({ tools }) }], structuredContent: { tools }, isError: false };
}

function cursorOf(offset: number): string {
  return Buffer.from(`tools:${offset}`).toString('base64url');
}

function offsetOf(cursor: unknown): number {
  if (cursor === undefined) return 0;
  const text = typeof cursor === 'string' ? Buffer.from(cursor, 'base64url').toString('utf8') : '';
  const offset = /^tools:([0-9]{1,9})$/.exec(text)?.[1];
  if (offset === undefined) throw new Refusal(200, JSON_RPC_ERROR.invalidParams, 'Invalid cursor');
  return Number(offset);
}
