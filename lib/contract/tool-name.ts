/**
 * The one place that knows how AgentCore joins a target's name and a tool's name.
 * Source: AgentCore developer guide, page gateway-tool-naming (three underscores).
 */
const TOOL_NAME_SEPARATOR = '___';

/** The tool that a gateway with semantic search adds to its list. */
export const SEARCH_TOOL_NAME = 'x_amz_bedrock_agentcore_search';

/** A tool's name in its two parts. */
export interface ToolNameParts {
  readonly target: string;
  readonly tool: string;
}

/** The name that MCP clients and Cedar actions use, for example `Claims___query_claims`. */
export function joinToolName(target: string, tool: string): string {
  return `${target}${TOOL_NAME_SEPARATOR}${tool}`;
}

/**
 * The inverse of {@link joinToolName}. Splits at the first separator, because target names have no underscore.
 * Returns undefined for names without a target, such as the search tool.
 */
export function splitToolName(name: string): ToolNameParts | undefined {
  const at = name.indexOf(TOOL_NAME_SEPARATOR);
  if (at <= 0 || at + TOOL_NAME_SEPARATOR.length >= name.length) return undefined;
  return { target: name.slice(0, at), tool: name.slice(at + TOOL_NAME_SEPARATOR.length) };
}
