import { isJsonObject, type JsonObject, type JsonValue } from '../../../contract/json';
import type { DeclaredTool } from '../../../contract/published-schema';
import { GovernanceError } from '../../../diagnostics/governance-error';
import { converseTools, foreignForm } from '../../../policy/schema/foreign-tool';
import { oneByOne } from '../../findings/one-by-one';
import { readDocument } from './read-document';

/** A tool that is described in code. */
export interface InlineTool {
  /** Bare name. */
  readonly name: string;
  /** What the tool does, for the agent that chooses it. */
  readonly description: string;
  /** JSON Schema of the arguments; its type is object. */
  readonly inputSchema: { readonly [keyword: string]: unknown };
  /**
   * JSON Schema of the result.
   *
   * @default - not said
   */
  readonly outputSchema?: { readonly [keyword: string]: unknown };
  /**
   * Classes of the tool, see `docs/scale.md`.
   *
   * @default - what the annotations say
   */
  readonly classes?: string[];
  /**
   * Annotations of the MCP tool, such as `readOnlyHint`.
   *
   * @default - none
   */
  readonly annotations?: { readonly [hint: string]: unknown };
}

/**
 * Tools that something else defines: a list, pinned in the app, so that policies can be checked against it.
 *
 * @example
 * gateway.addTarget('claims', Tools.fromFunction(fn, ToolList.fromFile('tools/claims.json')));
 */
export class ToolList {
  /**
   * The tools of a JSON or YAML file: an MCP server's answer to `tools/list`, its `result`, or the array of tools.
   *
   * @param path relative to the app's directory
   */
  static fromFile(path: string): ToolList {
    return new ToolList(() => toolsOf(path, readDocument(path)), [path]);
  }

  /** Tools that are described in code. */
  static fromInline(...tools: InlineTool[]): ToolList {
    if (tools.some((tool) => Array.isArray(tool))) throw oneByOne('ToolList.fromInline');
    return new ToolList(() => tools as readonly DeclaredTool[], []);
  }

  private constructor(
    /** @internal */
    readonly _read: () => readonly DeclaredTool[],
    /** @internal */
    readonly _files: readonly string[],
  ) {}
}

function toolsOf(file: string, content: JsonValue): DeclaredTool[] {
  const result = isJsonObject(content) && isJsonObject(content['result']) ? content['result'] : content;
  const tools = isJsonObject(result) ? (converseTools(result) ?? result['tools']) : result;
  if (!Array.isArray(tools)) {
    throw GovernanceError.of('TARGET_FILE_UNREADABLE', { file, problem: 'it holds no list of tools' });
  }
  return tools.map((tool, index) => toolOf(file, index, tool));
}

function toolOf(file: string, index: number, tool: JsonValue): DeclaredTool {
  const fields: JsonObject = isJsonObject(tool) ? tool : {};
  const foreign = foreignForm(fields);
  if (foreign !== undefined) throw GovernanceError.of('TARGET_TOOLS_FOREIGN', { file, ...foreign });
  const { name, description, inputSchema, outputSchema, annotations } = fields;
  if (typeof name !== 'string' || !isJsonObject(inputSchema)) {
    const problem = `entry ${index + 1} is no tool with \`name\` and \`inputSchema\``;
    throw GovernanceError.of('TARGET_FILE_UNREADABLE', { file, problem });
  }
  return {
    name,
    description: typeof description === 'string' ? description : '',
    inputSchema,
    ...(isJsonObject(outputSchema) && { outputSchema }),
    ...(isJsonObject(annotations) && { annotations }),
  };
}
