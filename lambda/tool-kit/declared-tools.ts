import type * as z from 'zod';
import type { JsonObject } from '../../lib/contract/json';
import type { DeclaredTool } from '../../lib/contract/published-schema';
import type { Tool } from './define-tool';

/** Tools as data, for synth: what zod says of them in JSON Schema, not yet reduced to what the gateway takes. */
export function declaredTools(tools: readonly Tool[]): DeclaredTool[] {
  return tools.map((tool) => ({
    name: tool.name,
    description: tool.description,
    inputSchema: jsonSchema(tool.input, 'input'),
    ...(tool.output && { outputSchema: jsonSchema(tool.output, 'output') }),
    ...(tool.trusted && { trustedSchema: jsonSchema(tool.trusted, 'input') }),
  }));
}

/** What JSON Schema has no word for becomes an empty schema, which synth reports with its place. */
function jsonSchema(schema: z.ZodType, io: 'input' | 'output'): JsonObject {
  return schema.toJSONSchema({ io, unrepresentable: 'any' }) as JsonObject;
}
