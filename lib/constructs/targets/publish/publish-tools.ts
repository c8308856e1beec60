import type { JsonObject } from '../../../contract/json';
import type { ToolDefinition } from '../../../contract/mcp';
import { type DeclaredTool, publishSchema, type SchemaProblem } from '../../../contract/published-schema';
import { joinToolName } from '../../../contract/tool-name';
import { type DeclaredTrustedField, withTrustedFields } from '../../../contract/trusted-context';
import { type Diagnostic, diagnostic } from '../../../diagnostics/diagnostic';
import type { ToolSource } from '../source/tool-source';
import { checkTrustedFields } from './check-trusted-fields';

export interface PublishedTools {
  /** As the gateway lists them, trusted fields included. */
  readonly tools: readonly ToolDefinition[];
  /** The trusted fields of a tool by its bare name. */
  readonly trustedFieldsOf: (tool: string) => readonly DeclaredTrustedField[];
  /** Errors, and warnings of what the published schemas lose. */
  readonly findings: readonly Diagnostic[];
}

/** Turns declared tools into published ones. */
export function publishTools(
  target: string,
  declared: readonly DeclaredTool[],
  source: Pick<ToolSource, 'publishing' | 'withholdsProof'>,
  trustedFields: readonly DeclaredTrustedField[],
): PublishedTools {
  const { publishing } = source;
  const findings: Diagnostic[] = [];
  const fieldsOf = (tool: string): readonly DeclaredTrustedField[] =>
    trustedFields.filter((field) => field.tools.includes(joinToolName(target, tool)));
  const tools = declared.map((tool) => {
    const name = joinToolName(target, tool.name);
    const fields = fieldsOf(tool.name);
    findings.push(...checkTrustedFields(name, tool, fields, source));
    const published = publishing === 'inline' ? publishInline(name, tool, findings) : asDeclared(tool);
    if (publishing === 'remote') return published;
    return { ...published, inputSchema: withTrustedFields(published.inputSchema, fields) };
  });
  return { tools, findings, trustedFieldsOf: fieldsOf };
}

function asDeclared(tool: DeclaredTool): ToolDefinition {
  const { name, description, inputSchema, outputSchema } = tool;
  return { name, description, inputSchema, ...(outputSchema && { outputSchema }) };
}

function publishInline(name: string, tool: DeclaredTool, findings: Diagnostic[]): ToolDefinition {
  const input = publishSchema(tool.inputSchema);
  findings.push(...input.problems.map((problem) => inexpressible(name, problem)));
  if (input.lost.length > 0) findings.push(diagnostic('TARGET_SCHEMA_KEYWORDS_LOST', { tool: name, lost: input.lost }));
  const output = tool.outputSchema && publishOutput(name, tool.outputSchema, findings);
  return {
    name: tool.name,
    description: tool.description,
    inputSchema: input.schema,
    ...(output && { outputSchema: output }),
  };
}

/** Nothing depends on an output schema, so one that cannot be expressed is left out. */
function publishOutput(tool: string, schema: JsonObject, findings: Diagnostic[]): JsonObject | undefined {
  const { schema: published, problems } = publishSchema(schema);
  const [first] = problems;
  if (first === undefined && published['type'] === 'object') return published;
  const problem = first === undefined ? 'it is no object' : `\`${first.path || 'output'}\` is ${first.what}`;
  findings.push(diagnostic('TARGET_OUTPUT_SCHEMA_LEFT_OUT', { tool, problem }));
  return undefined;
}

function inexpressible(tool: string, problem: SchemaProblem): Diagnostic {
  const { path, what, instead } = problem;
  return diagnostic('TARGET_SCHEMA_INEXPRESSIBLE', { tool, path: path || 'input', what, instead });
}
