import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { relative, resolve, sep } from 'node:path';
import type { SourceFile } from '../../contract/manifest';

/** Files with what they hold now, each once, in the order of their names. One that cannot be read is left out. */
export function sourceFiles(paths: readonly string[], appDirectory = process.cwd()): SourceFile[] {
  const files = [...new Set(paths.map((path) => slashed(relative(appDirectory, resolve(appDirectory, path)))))].sort();
  return files.flatMap((file) => {
    const sha256 = hashOf(resolve(appDirectory, file));
    return sha256 === undefined ? [] : [{ file, sha256 }];
  });
}

/** SHA-256 of a file's bytes; undefined when it cannot be read. */
export function hashOf(path: string): string | undefined {
  try {
    return createHash('sha256').update(readFileSync(path)).digest('hex');
  } catch {
    return undefined;
  }
}

/** A path as manifests carry it, the same on every system. */
export function slashed(path: string): string {
  return path.split(sep).join('/');
}
