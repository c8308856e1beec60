import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOT, read } from '../house/source-files';
import { consumerDependencies } from './consumer-project';
import { packed } from './packed';

interface Locked {
  readonly version: string;
  readonly hasInstallScript?: true;
  readonly dependencies?: { readonly [name: string]: string };
  readonly optionalDependencies?: { readonly [name: string]: string };
}

const { packages } = JSON.parse(read('package-lock.json')) as { packages: { readonly [path: string]: Locked } };

/** Packages that a consumer's install brings beside `aws-cdk-lib` and `constructs`, by their place in node_modules. */
function consumerTree(): string[] {
  const found = new Set<string>();
  const visit = (from: string, name: string): void => {
    const path = placeOf(from, name);
    if (path === undefined || found.has(path)) return;
    found.add(path);
    const { dependencies, optionalDependencies } = packages[path] as Locked;
    for (const next of Object.keys({ ...dependencies, ...optionalDependencies })) visit(path, next);
  };
  for (const name of consumerDependencies()) if (name !== 'aws-cdk-lib' && name !== 'constructs') visit('', name);
  return [...found];
}

/** Where Node.js finds a package that another one requires; undefined for a binary of another platform. */
function placeOf(from: string, name: string): string | undefined {
  for (let folder = from; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('node_modules/') - 1))) {
    const path = join(folder, 'node_modules', name);
    if (path in packages) return statSync(join(ROOT, path), { throwIfNoEntry: false }) === undefined ? undefined : path;
    if (folder === '') return undefined;
  }
}

/** Bytes of a folder's files. A file with several names counts once. */
function bytesOf(folder: string, seen: Set<number>): number {
  return readdirSync(folder, { withFileTypes: true, recursive: true }).reduce((sum, entry) => {
    const { ino, size } = statSync(join(entry.parentPath, entry.name));
    if (!entry.isFile() || seen.has(ino)) return sum;
    seen.add(ino);
    return sum + size;
  }, 0);
}

const MB = 1_000_000;

describe('what an install of the package costs beside aws-cdk-lib and constructs', () => {
  const tree = consumerTree();

  it('is at most 30 packages', () => {
    expect(tree.length).toBeGreaterThan(8);
    expect(tree.length + 1).toBeLessThanOrEqual(30);
  });

  it('is at most 45 MB', () => {
    const seen = new Set<number>();
    const others = tree.map((path) => bytesOf(join(ROOT, path), seen)).reduce((sum, bytes) => sum + bytes, 0);
    const own = packed().files.reduce((sum, { size }) => sum + size, 0);
    expect((others + own) / MB).toBeLessThanOrEqual(45);
  });

  it('runs no install script but that of esbuild, which works without it', () => {
    expect(tree.filter((path) => packages[path]?.hasInstallScript)).toEqual(['node_modules/esbuild']);
  });
});
