import { isJsonObject, type JsonObject, type JsonValue } from '../contract/json';
import type { ToolDefinition } from '../contract/mcp';
import { invalidClassNames } from '../contract/tool-classes/names';
import { classesOfTool } from '../contract/tool-classes/tool-classes';
import { SEARCH_TOOL_NAME, splitToolName } from '../contract/tool-name';
import { type Diagnostic, diagnostic } from '../diagnostics/diagnostic';
import { GovernanceError } from '../diagnostics/governance-error';
import type { CatalogTarget } from '../policy/schema/catalog-target';
import { converseTools, foreignForm } from '../policy/schema/foreign-tool';
import type { DocumentPath } from '../policy/testing/file/positioned-document';
import { parseJson } from './read-value';

/**
 * The targets in the result of `tools/list`, whose names are `target___tool`. Takes the result itself, a whole JSON-RPC
 * response, or a bare array. A tool's `classes` name its classes beside what its annotations say. Throws everything that is wrong at once.
 */
export async function readToolList(file: string, text: string): Promise<CatalogTarget[]> {
  const parsed = parseJson(text, file);
  const { tools, path } = toolsIn(parsed);
  if (tools === undefined) throw GovernanceError.of('COMMAND_TOOLS_INVALID', { problem: 'there is no array `tools`' });
  const faults: Fault[] = [];
  const targets = new Map<string, ToolDefinition[]>();
  for (const [index, tool] of tools.entries()) {
    const fault = add(targets, tool);
    if (fault !== undefined) faults.push({ ...fault, path: [...path, index, ...fault.path] });
  }
  if (faults.length > 0) throw new GovernanceError(await located(file, text, faults));
  return [...targets].map(([name, own]) => ({ name, tools: own }));
}

interface Fault {
  readonly path: DocumentPath;
  readonly finding: Diagnostic;
}

function toolsIn(parsed: unknown): { tools: readonly unknown[] | undefined; path: DocumentPath } {
  if (Array.isArray(parsed)) return { tools: parsed, path: [] };
  if (!isJsonObject(parsed)) return { tools: undefined, path: [] };
  const result = parsed['result'];
  if (isJsonObject(result) && Array.isArray(result['tools']))
    return { tools: result['tools'], path: ['result', 'tools'] };
  const converse = converseTools(parsed);
  if (converse !== undefined) return { tools: converse, path: ['toolConfig', 'tools'] };
  const own = parsed['tools'];
  return { tools: Array.isArray(own) ? own : undefined, path: ['tools'] };
}

/** Adds a tool to its target, or says what is wrong with it. */
function add(targets: Map<string, ToolDefinition[]>, tool: unknown): Fault | undefined {
  const invalid = (problem: string, ...path: string[]): Fault => ({
    path,
    finding: diagnostic('COMMAND_TOOLS_INVALID', { problem }),
  });
  if (!isJsonObject(tool)) return invalid('a tool is not an object');
  const foreign = foreignForm(tool);
  if (foreign !== undefined)
    return { path: [foreign.member], finding: diagnostic('COMMAND_TOOLS_FOREIGN', { ...foreign }) };
  const { name, inputSchema = { type: 'object' } as JsonObject, description = '' } = tool;
  if (typeof name !== 'string') return invalid('a tool has no `name`');
  if (name === SEARCH_TOOL_NAME) return undefined;
  const parts = splitToolName(name);
  if (parts === undefined) return { path: ['name'], finding: diagnostic('COMMAND_TOOL_WITHOUT_TARGET', { name }) };
  if (!isJsonObject(inputSchema)) return invalid(`the input schema of \`${name}\` is not an object`, 'inputSchema');
  const classes = statedClasses(tool['classes']);
  if (classes === 'invalid')
    return invalid(`the classes of \`${name}\` are no list of names such as \`read\``, 'classes');
  const definition = {
    name: parts.tool,
    description: typeof description === 'string' ? description : '',
    inputSchema,
    // The file is the team's own word, annotations in it included.
    classes: classesOfTool({ annotations: tool['annotations'], classes }, 'own'),
  };
  targets.set(parts.target, [...(targets.get(parts.target) ?? []), definition]);
  return undefined;
}

/** The classes that a tool of the file names beside its annotations. */
function statedClasses(classes: JsonValue | undefined): string[] | undefined | 'invalid' {
  if (classes === undefined) return undefined;
  const isNames = Array.isArray(classes) && classes.every((name): name is string => typeof name === 'string');
  return isNames && invalidClassNames(classes).length === 0 ? classes : 'invalid';
}

/** Finds the places only now: reading JSON with positions takes many times as long. */
async function located(file: string, text: string, faults: readonly Fault[]): Promise<Diagnostic[]> {
  const { readDocument } = await import('../policy/testing/file/positioned-document.js');
  const { document } = readDocument(file, text);
  return faults.map(({ finding, path }) =>
    document === undefined ? finding : { ...finding, location: document.locate(path) },
  );
}
