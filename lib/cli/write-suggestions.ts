import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { GovernanceError } from '../diagnostics/governance-error';
import { type Suggestion, suggestedFile } from '../policy/testing/suggestion/render-suggestion';
import type { GatewayTestResult } from './run-gateway-tests';
import type { Terminal } from './terminal';

/** Writes the missing tests of all mutants as a test file of its own. Throws for a file that exists: tests of somebody may be in it. */
export async function writeSuggestions(
  terminal: Terminal,
  path: string,
  gateways: readonly GatewayTestResult[],
): Promise<void> {
  const mutants = gateways.flatMap(({ mutation }) => mutation?.mutants ?? []);
  const suggestions = new Set<Suggestion>(mutants.flatMap(({ suggestion }) => suggestion ?? []));
  if (suggestions.size === 0) {
    terminal.err(`no test is missing: ${path} is not written\n`);
    return;
  }
  try {
    await writeFile(resolve(terminal.cwd, path), suggestedFile([...suggestions]), { flag: 'wx' });
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw GovernanceError.of('COMMAND_FILE_UNWRITABLE', { path, problem: code === 'EEXIST' ? 'it exists' : message });
  }
  const tests = suggestions.size === 1 ? '1 test' : `${suggestions.size} tests`;
  terminal.err(`${path}: ${tests} written\n`);
}
