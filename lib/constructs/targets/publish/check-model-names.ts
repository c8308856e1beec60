import { isJsonObject } from '../../../contract/json';
import type { DeclaredTool } from '../../../contract/published-schema';
import { joinToolName } from '../../../contract/tool-name';
import { type Diagnostic, diagnostic } from '../../../diagnostics/diagnostic';
import { MODEL_NAME } from '../source/target-limits';

/** Names that the gateway takes and models do not: an agent's every request would fail. One finding for tools, one for arguments. */
export function checkModelNames(target: string, tools: readonly DeclaredTool[]): Diagnostic[] {
  const names = tools.map(({ name }) => joinToolName(target, name)).filter((name) => !MODEL_NAME.test(name));
  const members = tools.flatMap((tool) =>
    argumentsOf(tool)
      .filter((name) => !MODEL_NAME.test(name))
      .map((name) => `${name}\` of \`${tool.name}`),
  );
  return [
    ...(names.length > 0 ? [diagnostic('TARGET_TOOL_NAMES_FOR_MODELS', { target, names })] : []),
    ...(members.length > 0 ? [diagnostic('TARGET_ARGUMENT_NAMES_FOR_MODELS', { target, names: members })] : []),
  ];
}

function argumentsOf({ inputSchema }: DeclaredTool): string[] {
  return isJsonObject(inputSchema['properties']) ? Object.keys(inputSchema['properties']) : [];
}
