import type { JsonValue } from '../../../contract/json';
import type { CatalogTool } from '../../../contract/mcp';
import { GovernanceError } from '../../../diagnostics/governance-error';
import { type Code, call, literal } from '../../project/code';
import { type PinnedTool, toolsOf } from '../../tools/pinned-tools';
import { Outside } from '../outside';

/** Path of the file that holds the tools of a target. */
export function toolFile(target: string): string {
  return `tools/${target}.json`;
}

/** The tools as `ToolList` reads them from their file. */
export function toolList(target: string): Code {
  return call('ToolList.fromFile', [literal(toolFile(target))], 'ToolList');
}

/** Tools of a list, or of what holds one: `{ tools }`, an answer to `tools/list`. @throws Outside where there are none */
export function toolsIn(text: string, source: string): PinnedTool[] {
  let content: JsonValue;
  try {
    content = JSON.parse(text) as JsonValue;
  } catch {
    throw new Outside(`the list of tools in ${source} is no JSON`, 'name one that is by `--document`');
  }
  const result = member(content, 'result') ?? content;
  return checkedTools(member(result, 'tools') ?? result, source);
}

export function checkedTools(tools: JsonValue, source: string): PinnedTool[] {
  if (!Array.isArray(tools))
    throw new Outside(`${source} holds no list of tools`, 'name one that does by `--document`');
  try {
    return toolsOf(tools, source);
  } catch (error) {
    if (!GovernanceError.is(error)) throw error;
    throw new Outside(
      error.diagnostics.map(({ message }) => message).join('; '),
      'mend the list, and name it by `--document`',
    );
  }
}

/** The tools as policies are checked against them. */
export function catalogTools(tools: readonly PinnedTool[]): CatalogTool[] {
  return tools.map((tool) => ({ ...tool, description: tool.description ?? '' }));
}

function member(value: JsonValue, name: string): JsonValue | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value[name] : undefined;
}
