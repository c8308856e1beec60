import type * as z from 'zod';
import { isJsonObject, type JsonObject } from '../../lib/contract/json';
import type { DeclaredTool } from '../../lib/contract/published-schema';
import type { Tool } from './define-tool';

/** Tools as data, for synth: what zod says of them in JSON Schema, not yet reduced to what the gateway takes. */
export function declaredTools(tools: readonly Tool[]): DeclaredTool[] {
  return tools.map((tool) => {
    for (const schema of [tool.input, tool.output, tool.trusted]) checkVersion(tool.name, schema);
    const output = tool.output && withFailure(jsonSchema(tool.output, 'output'));
    return {
      name: tool.name,
      description: tool.description,
      inputSchema: jsonSchema(tool.input, 'input'),
      ...(tool.classes && { classes: tool.classes }),
      ...(output && { outputSchema: output }),
      ...(tool.trusted && { trustedSchema: jsonSchema(tool.trusted, 'input') }),
    };
  });
}

/** Schemas of zod 3, also those that zod 4 ships beside its own, cannot say themselves in JSON Schema. */
function checkVersion(tool: string, schema: z.ZodType | undefined): void {
  if (schema === undefined || typeof schema.toJSONSchema === 'function') return;
  const error = new TypeError(`the schema of tool \`${tool}\` is not made by zod 4`);
  throw Object.assign(error, { code: 'ZOD_VERSION', tool });
}

const TEXT: JsonObject = { type: 'string' };

/** What a failure looks like, see `ToolFailure`. */
const FAILURE: JsonObject = {
  type: 'object',
  description: 'Why the call failed, in place of a result',
  properties: {
    code: TEXT,
    message: TEXT,
    requestId: TEXT,
    issues: { type: 'array', items: { type: 'object', properties: { path: TEXT, message: TEXT } } },
  },
  required: ['code', 'message', 'requestId'],
};

/**
 * A schema that takes the result of a tool and its failure. Official clients check every result that is no error of the protocol against it,
 * and show the agent nothing of one that does not fit. The gateway's schemas know no alternatives, so that no member is required. Undefined
 * where the output has an `error` of its own: then there is no schema, and nobody checks.
 */
function withFailure(schema: JsonObject): JsonObject | undefined {
  const { properties, required: _required, additionalProperties: _additional, ...rest } = schema;
  if (schema['type'] !== 'object') return schema;
  const members = isJsonObject(properties) ? properties : {};
  return Object.hasOwn(members, 'error') ? undefined : { ...rest, properties: { ...members, error: FAILURE } };
}

/** What JSON Schema has no word for becomes an empty schema, which synth reports with its place. */
function jsonSchema(schema: z.ZodType, io: 'input' | 'output'): JsonObject {
  return schema.toJSONSchema({ io, unrepresentable: 'any' }) as JsonObject;
}
