import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** What `package.json` of this package says of itself. */
export interface PackageManifest {
  readonly name?: string;
  readonly version?: string;
  readonly homepage?: string;
  readonly peerDependencies?: { readonly [name: string]: string };
  readonly devDependencies?: { readonly [name: string]: string };
}

/** The manifest of the package that this code is from; empty where there is none. */
export function packageManifest(): PackageManifest {
  return find()?.manifest ?? {};
}

/** The folder that the package is installed in. */
export function packageFolder(): string {
  return find()?.folder ?? '.';
}

function find(): { readonly folder: string; readonly manifest: PackageManifest } | undefined {
  // The sources lie two folders below the package, the built files three.
  for (let folder = __dirname; folder !== dirname(folder); folder = dirname(folder)) {
    try {
      const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as PackageManifest;
      if (manifest.name === 'governed-gateway') return { folder, manifest };
    } catch {
      // Not here; the next folder up.
    }
  }
  return undefined;
}
