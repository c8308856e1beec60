import type { DeclaredTool } from '../../../contract/published-schema';
import { type Diagnostic, diagnostic } from '../../../diagnostics/diagnostic';
import { suggest } from '../../../diagnostics/suggest';
import type { Publishing } from '../source/tool-source';

/** Tools without those that nobody may call. */
export interface WantedTools {
  /** Excluded tools that somebody else offers are still among them, with a schema that says nothing. */
  readonly tools: readonly DeclaredTool[];
  /** Bare names of the excluded tools that the gateway gets all the same. */
  readonly excluded: readonly string[];
  readonly findings: readonly Diagnostic[];
}

/** Tools without the excluded ones. Only published tools can be left out; those that a server offers by itself can only be denied. */
export function excludeTools(
  target: string,
  declared: readonly DeclaredTool[],
  names: readonly string[],
  publishing: Publishing,
): WantedTools {
  const known = declared.map(({ name }) => name);
  const isExcluded = ({ name }: DeclaredTool): boolean => names.includes(name);
  const findings = names
    .filter((name) => !known.includes(name))
    .map((tool) => diagnostic('TARGET_UNKNOWN_TOOL', { target, tool, tools: known, suggestion: suggest(tool, known) }));
  if (publishing === 'inline') return { tools: declared.filter((tool) => !isExcluded(tool)), excluded: [], findings };
  const tools = declared.map((tool) => (isExcluded(tool) ? { ...tool, inputSchema: { type: 'object' } } : tool));
  return { tools, excluded: known.filter((name) => names.includes(name)), findings };
}
