import { lstatSync, mkdirSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { GovernanceError } from '../../diagnostics/governance-error';
import type { ProjectFiles } from './template';

/** Files of which a project has one whatever is in it. Where one is there already, it stays as it is. */
const KEPT = [
  'package.json',
  'tsconfig.json',
  'README.md',
  '.gitignore',
  '.gitlab-ci.yml',
  '.vscode/settings.json',
  '.vscode/extensions.json',
];

/**
 * Writes all files or none, and overwrites nothing. Returns the paths of those that stay as they were.
 *
 * @throws GovernanceError `PROJECT_FILES_IN_THE_WAY`, `PROJECT_UNWRITABLE`
 */
export function writeFiles(directory: string, files: ProjectFiles): string[] {
  const kept = [...files.keys()].filter((path) => isKept(path) && kindOf(join(directory, path)) !== undefined);
  const wanted = [...files].filter(([path]) => !kept.includes(path));
  const inTheWay = [...new Set(wanted.flatMap(([path]) => obstacle(directory, path) ?? []))];
  if (inTheWay.length > 0) throw GovernanceError.of('PROJECT_FILES_IN_THE_WAY', { directory, paths: inTheWay });
  const made: string[] = [];
  try {
    for (const [path, text] of wanted) write(join(directory, path), text, made);
  } catch (error) {
    undo(made);
    const problem = (error as NodeJS.ErrnoException).code ?? String(error);
    throw GovernanceError.of('PROJECT_UNWRITABLE', { directory, problem });
  }
  return kept;
}

function isKept(path: string): boolean {
  return KEPT.some((kept) => path === kept || path.endsWith(`/${kept}`));
}

/** The first part of a path that is there and is no folder on the way. A link counts: what it points to is somewhere else. */
function obstacle(directory: string, path: string): string | undefined {
  const parts = path.split('/');
  for (let length = 1; length <= parts.length; length++) {
    const part = parts.slice(0, length).join('/');
    const kind = kindOf(join(directory, part));
    if (kind === undefined) return undefined;
    if (kind !== 'folder' || length === parts.length) return part;
  }
  return undefined;
}

function kindOf(path: string): 'folder' | 'other' | undefined {
  try {
    return lstatSync(path).isDirectory() ? 'folder' : 'other';
  } catch (error) {
    // Below a file there is nothing; what else keeps us from looking will keep us from writing.
    const { code } = error as NodeJS.ErrnoException;
    return code === 'ENOENT' || code === 'ENOTDIR' ? undefined : 'other';
  }
}

function write(path: string, text: string, made: string[]): void {
  for (const folder of missingFolders(dirname(path))) {
    mkdirSync(folder);
    made.push(folder);
  }
  writeFileSync(path, text, { flag: 'wx' });
  made.push(path);
}

function missingFolders(folder: string): string[] {
  return kindOf(folder) === undefined ? [...missingFolders(dirname(folder)), folder] : [];
}

function undo(made: readonly string[]): void {
  for (const path of [...made].reverse()) {
    if (kindOf(path) === 'folder') rmdirSync(path);
    else rmSync(path, { force: true });
  }
}
