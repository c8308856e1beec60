import { isJsonObject, type JsonObject } from '../../../lib/contract/json';
import { SEARCH_TOOL_NAME } from '../../../lib/contract/tool-name';

/** Argument schemas by full tool name. */
export type InputSchemas = { readonly [tool: string]: JsonObject };

/** The gateway's own search tool has a schema that no target declares. Source: developer guide, page gateway-using-mcp-semantic-search. */
const SEARCH_SCHEMA: JsonObject = {
  type: 'object',
  properties: { query: { type: 'string' } },
  required: ['query'],
};

/** The schema of a tool's arguments; undefined for a tool that was not known at synth. */
export function inputSchemaOf(schemas: InputSchemas, tool: string): JsonObject | undefined {
  if (tool === SEARCH_TOOL_NAME) return SEARCH_SCHEMA;
  return Object.hasOwn(schemas, tool) ? schemas[tool] : undefined;
}

/** Names of the arguments that a tool declares; undefined for a tool that was not known at synth. */
export function declaredArguments(schemas: InputSchemas, tool: string): ReadonlySet<string> | undefined {
  const schema = inputSchemaOf(schemas, tool);
  if (schema === undefined) return undefined;
  const { properties } = schema;
  return new Set(isJsonObject(properties) ? Object.keys(properties) : []);
}
