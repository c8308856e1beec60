import { cpSync, existsSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** The `node_modules` folders that Node would search from a directory. */
export function moduleFolders(directory: string): string[] {
  const parent = dirname(directory);
  const own = join(directory, 'node_modules');
  return [...(existsSync(own) ? [own] : []), ...(parent === directory ? [] : moduleFolders(parent))];
}

/**
 * A folder in which bundles find what they leave out, as on Lambda, wherever they were synthesized to: `require` and `import`
 * alike look for packages beside them.
 */
export class TaskRoot {
  private readonly directory = realpathSync(mkdtempSync(join(tmpdir(), 'governed-gateway-')));
  private count = 0;

  /** @param folders `node_modules` folders, the likeliest first */
  constructor(folders: readonly string[]) {
    const found = folders.find((folder) => existsSync(join(folder, '@aws-sdk'))) ?? folders[0];
    if (found !== undefined) symlinkSync(realpathSync(found), join(this.directory, 'node_modules'), 'dir');
  }

  /**
   * Copies a bundle in and returns its folder; one that does not exist is left for its invocation to fail.
   * @param code takes the place of the bundle's `index.js`
   */
  add(name: string, bundle: string, code?: string): string {
    if (!existsSync(bundle)) return bundle;
    this.count += 1;
    const folder = join(this.directory, `${name}-${this.count}`);
    cpSync(bundle, folder, { recursive: true });
    if (code !== undefined) writeFileSync(join(folder, 'index.js'), code);
    return folder;
  }

  remove(): void {
    rmSync(this.directory, { recursive: true, force: true });
  }
}
