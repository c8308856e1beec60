import { createHash } from 'node:crypto';
import { lstatSync, mkdirSync, mkdtempSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';

/** Files of a bundle by name. */
export type BundleFiles = ReadonlyMap<string, Uint8Array>;

/**
 * Writes a bundle to a folder named after its content, and returns the folder. A folder that holds the same bytes is reused;
 * other bytes, such as the rest of an interrupted run, are replaced.
 */
export function storeBundle(files: BundleFiles): string {
  const hash = createHash('sha256');
  for (const [name, bytes] of files) hash.update(`${name}\0${bytes.length}\0`).update(bytes);
  const directory = join(privateDirectory(), hash.digest('hex').slice(0, 32));
  mkdirSync(directory, { recursive: true });
  for (const [name, bytes] of files) {
    const file = join(directory, name);
    if (holds(file, bytes)) continue;
    const draft = `${file}.${process.pid}`;
    writeFileSync(draft, bytes);
    renameSync(draft, file);
  }
  return directory;
}

/**
 * A folder below the system's temporary one that only this user may write to. What lies in it is deployed, so a folder that
 * somebody else owns or may change is not used.
 */
function privateDirectory(): string {
  const { uid } = userInfo();
  const directory = join(tmpdir(), `governed-gateway-${uid}`);
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const found = lstatSync(directory);
  const onlyOurs = process.platform === 'win32' || (found.uid === uid && (found.mode & 0o022) === 0);
  return found.isDirectory() && onlyOurs ? directory : mkdtempSync(join(tmpdir(), 'governed-gateway-'));
}

function holds(file: string, bytes: Uint8Array): boolean {
  try {
    return readFileSync(file).equals(bytes);
  } catch {
    return false;
  }
}
