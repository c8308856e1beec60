import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { JsonValue } from '../../contract/json';
import type { GatewayManifest } from '../../contract/manifest';
import { joinToolName } from '../../contract/tool-name';
import { type Diagnostic, diagnostic } from '../../diagnostics/diagnostic';
import { GovernanceError } from '../../diagnostics/governance-error';
import { suggest } from '../../diagnostics/suggest';
import type { Answers } from './answers';

/**
 * Reads a folder of canned answers: `target___tool.json` holds what the tool answers.
 *
 * @throws GovernanceError with every file that is no tool or no JSON
 */
export function readAnswers(directory: string, { targets }: GatewayManifest): Answers {
  const tools = targets.flatMap((target) => target.tools.map(({ name }) => joinToolName(target.name, name)));
  const answers = new Map<string, JsonValue>();
  const findings: Diagnostic[] = [];
  for (const file of filesIn(directory)) {
    const tool = file.slice(0, -'.json'.length);
    if (!tools.includes(tool)) {
      findings.push(diagnostic('EMULATOR_ANSWER_UNKNOWN', { file, suggestion: suggest(tool, tools) }));
      continue;
    }
    try {
      answers.set(tool, JSON.parse(readFileSync(join(directory, file), 'utf8')) as JsonValue);
    } catch (error) {
      findings.push(diagnostic('EMULATOR_ANSWER_UNREADABLE', { file, problem: (error as Error).message }));
    }
  }
  if (findings.length > 0) throw new GovernanceError(findings);
  return answers;
}

function filesIn(directory: string): string[] {
  try {
    return readdirSync(directory)
      .filter((file) => file.endsWith('.json'))
      .sort();
  } catch {
    throw GovernanceError.of('EMULATOR_ANSWERS_MISSING', { directory });
  }
}
