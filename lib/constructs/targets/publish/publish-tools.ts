import type { JsonObject } from '../../../contract/json';
import type { ToolDefinition } from '../../../contract/mcp';
import { type DeclaredTool, publishSchema, type SchemaProblem } from '../../../contract/published-schema';
import { joinToolName } from '../../../contract/tool-name';
import { type DeclaredTrustedField, withTrustedFields } from '../../../contract/trusted-context';
import { type Diagnostic, diagnostic } from '../../../diagnostics/diagnostic';
import type { ToolSource } from '../source/tool-source';
import { checkTrustedFields } from './check-trusted-fields';

export interface PublishedTools {
  /** Tools as the gateway lists them, trusted fields included. */
  readonly tools: readonly ToolDefinition[];
  /** Schemas of arguments by bare name as declared, of the tools of which the published one says less. */
  readonly declaredInputs: { readonly [tool: string]: JsonObject };
  /** The trusted fields of a tool by its bare name. */
  readonly trustedFieldsOf: (tool: string) => readonly DeclaredTrustedField[];
  /** Errors, and what is worth knowing of the published schemas. */
  readonly findings: readonly Diagnostic[];
}

/** Turns declared tools into published ones. */
export function publishTools(
  target: string,
  declared: readonly DeclaredTool[],
  source: Pick<ToolSource, 'publishing' | 'withholdsProof' | 'options'>,
  trustedFields: readonly DeclaredTrustedField[],
): PublishedTools {
  const { publishing } = source;
  const findings: Diagnostic[] = [];
  const fieldsOf = (tool: string): readonly DeclaredTrustedField[] =>
    trustedFields.filter((field) => field.tools.includes(joinToolName(target, tool)));
  const declaredInputs: { [tool: string]: JsonObject } = {};
  const lost = new Set<string>();
  const describesLost = source.options.constraintsInDescriptions !== false;

  function publishInline(name: string, tool: DeclaredTool): ToolDefinition {
    const input = publishSchema(tool.inputSchema, { describesLost });
    findings.push(...input.problems.map((problem) => inexpressible(name, problem)));
    for (const { keyword } of input.lost) lost.add(keyword);
    if (input.lost.length > 0) declaredInputs[tool.name] = tool.inputSchema;
    const output = tool.outputSchema && publishOutput(name, tool.outputSchema, findings);
    return {
      name: tool.name,
      description: tool.description,
      inputSchema: input.schema,
      ...(output && { outputSchema: output }),
    };
  }

  const tools = declared.map((tool) => {
    const name = joinToolName(target, tool.name);
    const fields = fieldsOf(tool.name);
    findings.push(...checkTrustedFields(name, tool, fields, source));
    const published = publishing === 'inline' ? publishInline(name, tool) : asDeclared(tool);
    if (publishing === 'remote') return published;
    return { ...published, inputSchema: withTrustedFields(published.inputSchema, fields) };
  });
  if (lost.size > 0) {
    findings.push(diagnostic('TARGET_SCHEMA_KEYWORDS_LOST', { target, keywords: [...lost], described: describesLost }));
  }
  return { tools, declaredInputs, findings, trustedFieldsOf: fieldsOf };
}

function asDeclared(tool: DeclaredTool): ToolDefinition {
  const { name, description, inputSchema, outputSchema } = tool;
  return { name, description, inputSchema, ...(outputSchema && { outputSchema }) };
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
