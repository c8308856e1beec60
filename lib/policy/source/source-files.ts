import { readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { dirname, isAbsolute, join, relative, resolve } from 'node:path';
import { slashed } from '../assembly/source-hash';

/** Files below a folder by relative path, sorted; undefined when it is no folder. Follows links, each folder once. */
export function filesBelow(root: string): string[] | undefined {
  const visited = new Set<string>();
  const walk = (folder: string, prefix: string): string[] => {
    const real = realpathSync(folder);
    if (visited.has(real)) return [];
    visited.add(real);
    return readdirSync(folder).flatMap((name) => {
      const path = join(folder, name);
      const stats = statSync(path, { throwIfNoEntry: false });
      if (stats?.isDirectory()) return walk(path, join(prefix, name));
      return stats?.isFile() ? [join(prefix, name)] : [];
    });
  };
  try {
    return walk(root, '').sort(byPath);
  } catch {
    return undefined;
  }
}

/** The same order on every system, whatever its language and separator. */
function byPath(a: string, b: string): number {
  return slashed(a) < slashed(b) ? -1 : 1;
}

/** A text file without its byte order mark; undefined when it cannot be read, or is not UTF-8. */
export function readText(path: string): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(path));
  } catch {
    return undefined;
  }
}

export function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true;
}

export function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}

/** Names in the folder that holds a path, none when there is no such folder. */
export function namesBeside(path: string): string[] {
  try {
    return readdirSync(dirname(path));
  } catch {
    return [];
  }
}

/** A path as the manifest carries it: relative, so that synth in another directory gives the same output. */
export function shown(baseDirectory: string, path: string): string {
  const from = isAbsolute(baseDirectory) ? baseDirectory : resolve(baseDirectory);
  return slashed(relative(from, path)) || '.';
}
