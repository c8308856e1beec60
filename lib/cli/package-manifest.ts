import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** What `package.json` of this package says of itself. */
export interface PackageManifest {
  readonly name?: string;
  readonly version?: string;
  readonly homepage?: string;
}

/** The manifest of the package that this code is from; empty where there is none. */
export function packageManifest(): PackageManifest {
  // The sources lie two folders below the package, the built files three.
  for (let folder = __dirname; folder !== dirname(folder); folder = dirname(folder)) {
    try {
      const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as PackageManifest;
      if (manifest.name === 'governed-gateway') return manifest;
    } catch {
      // Not here; the next folder up.
    }
  }
  return {};
}
