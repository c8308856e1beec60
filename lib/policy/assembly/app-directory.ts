import { existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { ManifestFile } from './manifest-files';

/**
 * The directory that paths in a manifest start from: the base directory, or the nearest above the assembly, that has a file which
 * synthesis read. Undefined where there is none, as for an assembly that was copied without its app.
 */
export function appDirectoryOf({ directory, manifest }: ManifestFile, baseDirectory: string): string | undefined {
  const files = [...manifest.sources.map(({ file }) => file), ...manifest.tests];
  const holds = (folder: string): boolean => files.some((file) => existsSync(resolve(folder, file)));
  for (let folder = resolve(baseDirectory), next = directory; ; folder = next, next = dirname(next)) {
    if (holds(folder)) return folder;
    if (folder === next) return undefined;
  }
}
