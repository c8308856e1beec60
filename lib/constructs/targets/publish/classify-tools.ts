import type { DeclaredTool } from '../../../contract/published-schema';
import { invalidClassNames } from '../../../contract/tool-classes/names';
import { classesOfTool, deniedRisks, fits, saidOfTool } from '../../../contract/tool-classes/tool-classes';
import { joinToolName } from '../../../contract/tool-name';
import { type Diagnostic, diagnostic } from '../../../diagnostics/diagnostic';
import { suggest } from '../../../diagnostics/suggest';
import type { ToolSource } from '../source/tool-source';

/** The classes of a target's tools. */
export interface ToolClasses {
  /** By bare name. */
  readonly classes: ReadonlyMap<string, readonly string[]>;
  readonly findings: readonly Diagnostic[];
}

/** Finds out the classes of the tools of a target, and what is wrong with what is said of them. */
export function classifyTools(
  target: string,
  tools: readonly DeclaredTool[],
  { annotationTrust = 'own', options }: Pick<ToolSource, 'annotationTrust' | 'options'>,
): ToolClasses {
  const said = options.classes ?? {};
  const findings: Diagnostic[] = [];
  const names = tools.map(({ name }) => name);
  for (const name of Object.keys(said)) {
    if (names.some((tool) => tool === name || fits(name, tool))) continue;
    findings.push(diagnostic('TARGET_CLASS_OF_NO_TOOL', { target, name, suggestion: suggest(name, names) }));
  }
  const classes = new Map<string, readonly string[]>();
  for (const tool of tools) {
    const found = classesOfTool(tool, annotationTrust, saidOfTool(said, tool.name));
    const name = joinToolName(target, tool.name);
    for (const wrong of invalidClassNames(found))
      findings.push(diagnostic('TARGET_CLASS_INVALID', { tool: name, name: wrong }));
    const risks = annotationTrust === 'own' ? [] : deniedRisks(tool, found);
    if (risks.length > 0) findings.push(diagnostic('TARGET_CLASS_BELOW_CLAIM', { tool: name, risks }));
    classes.set(tool.name, found);
  }
  return { classes, findings };
}
