import type { DeclaredTool } from '../../../contract/published-schema';
import { type Diagnostic, diagnostic } from '../../../diagnostics/diagnostic';
import { suggest } from '../../../diagnostics/suggest';
import type { ToolList } from './tool-list';

/** Tools whose schemas the app pins, because the gateway derives others than this library does. */
export interface PinnedTools {
  readonly tools: readonly DeclaredTool[];
  readonly findings: readonly Diagnostic[];
}

/** The pinned tools in place of the derived ones. Only those are deployed, so each must be one that there is. */
export function pinTools(file: string, derived: readonly DeclaredTool[], pinned: ToolList | undefined): PinnedTools {
  if (pinned === undefined) return { tools: derived, findings: [] };
  const names = new Set(derived.map(({ name }) => name));
  const classes = new Map(derived.map((tool) => [tool.name, tool.classes]));
  // What is pinned are schemas: what a tool is follows from the operation, unless the list says it.
  const tools = pinned._read().map((tool) => {
    const known = tool.classes ?? classes.get(tool.name);
    return known === undefined ? tool : { ...tool, classes: known };
  });
  const unknown = tools.filter(({ name }) => !names.has(name));
  const findings = unknown.map(({ name: tool }) =>
    diagnostic('TARGET_PINNED_TOOL_UNKNOWN', { file, tool, suggestion: suggest(tool, names) }),
  );
  return { tools, findings };
}
