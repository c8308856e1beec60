import { Token } from 'aws-cdk-lib';
import type { JsonObject } from '../../../contract/json';
import { LIMITS, TARGET_NAME_PATTERN } from '../../../contract/limits';
import type { DeclaredTool } from '../../../contract/published-schema';
import { joinToolName } from '../../../contract/tool-name';
import { type Diagnostic, diagnostic } from '../../../diagnostics/diagnostic';
import type { Publishing } from '../source/tool-source';

/** Findings about a target's name. */
export function checkTargetName(name: string): Diagnostic[] {
  if (Token.isUnresolved(name)) return [diagnostic('TARGET_NAME_TOKEN', {})];
  if (TARGET_NAME_PATTERN.test(name)) return [];
  return [diagnostic('TARGET_NAME_INVALID', { name, suggestion: validName(name) })];
}

/** The nearest name that the service takes. */
function validName(name: string): string {
  const parts = name.split(/[^0-9a-zA-Z]+/).filter((part) => part !== '');
  return parts.join('-').slice(0, LIMITS.targetNameMaxLength).replace(/-$/, '') || 'target';
}

/** Findings about a target's description. */
export function checkDescription(target: string, description: string | undefined): Diagnostic[] {
  if (description === undefined || Token.isUnresolved(description)) return [];
  const max = LIMITS.gatewayDescriptionMaxLength;
  const { length } = description;
  return length >= 1 && length <= max ? [] : [diagnostic('TARGET_DESCRIPTION_LENGTH', { target, length, max })];
}

/** Findings about a target's tools as such, whatever their schemas say. */
export function checkTools(target: string, tools: readonly DeclaredTool[], publishing: Publishing): Diagnostic[] {
  const findings: Diagnostic[] = [];
  if (tools.length === 0) findings.push(diagnostic('TARGET_NO_TOOLS', { target }));
  if (tools.length > LIMITS.toolsPerTarget) {
    findings.push(diagnostic('TARGET_TOO_MANY_TOOLS', { target, count: tools.length, max: LIMITS.toolsPerTarget }));
  }
  const seen = new Set<string>();
  for (const tool of tools) {
    if (seen.has(tool.name)) findings.push(diagnostic('TARGET_DUPLICATE_TOOL', { target, tool: tool.name }));
    seen.add(tool.name);
    findings.push(...checkTool(target, tool, publishing));
  }
  return findings;
}

function checkTool(target: string, tool: DeclaredTool, publishing: Publishing): Diagnostic[] {
  const name = joinToolName(target, tool.name);
  const findings: Diagnostic[] = [];
  if (tool.name === '') findings.push(diagnostic('TARGET_TOOL_WITHOUT_NAME', { target }));
  if (name.length > LIMITS.toolNameMaxLength) {
    findings.push(
      diagnostic('TARGET_TOOL_NAME_TOO_LONG', { name, length: name.length, max: LIMITS.toolNameMaxLength }),
    );
  }
  if (publishing === 'inline' && tool.description === '')
    findings.push(diagnostic('TARGET_TOOL_WITHOUT_DESCRIPTION', { tool: name }));
  if (!isObjectSchema(tool.inputSchema)) findings.push(diagnostic('TARGET_INPUT_NOT_OBJECT', { tool: name }));
  return findings;
}

function isObjectSchema(schema: JsonObject): boolean {
  return schema['type'] === 'object' || 'properties' in schema || '$ref' in schema || 'allOf' in schema;
}
