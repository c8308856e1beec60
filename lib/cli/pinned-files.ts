import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { readPin, type ToolPin } from '../authoring/tools/pinned-tools';
import { GovernanceError } from '../diagnostics/governance-error';
import { readText } from './read-value';
import type { Terminal } from './terminal';

/** A pin and the file that it is in, relative to the current directory. */
export interface PinnedFile {
  readonly file: string;
  readonly pin: ToolPin;
}

/** Where `init` puts pins. */
const FOLDER = 'tools';

/** The pins of the named files; without any, those in `tools/`, where files without an origin are something else. */
export async function pinnedFiles(terminal: Terminal, files: readonly string[]): Promise<PinnedFile[]> {
  if (files.length > 0) return Promise.all(files.map((file) => readFile(terminal, file)));
  const found = await Promise.all(
    jsonFiles(resolve(terminal.cwd, FOLDER)).map((name) =>
      readFile(terminal, `${FOLDER}/${name}`).catch(() => undefined),
    ),
  );
  const pins = found.filter((pin) => pin !== undefined);
  if (pins.length === 0) throw GovernanceError.of('TOOLS_PIN_MISSING', { folder: join(FOLDER, '/') });
  return pins;
}

async function readFile(terminal: Terminal, file: string): Promise<PinnedFile> {
  return { file, pin: readPin(file, await readText(terminal, file)) };
}

function jsonFiles(folder: string): string[] {
  try {
    return readdirSync(folder)
      .filter((name) => name.endsWith('.json'))
      .sort();
  } catch {
    return [];
  }
}
