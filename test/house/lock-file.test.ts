import { describe, expect, it } from 'vitest';
import { read } from './source-files';

interface LockedPackage {
  readonly version?: string;
  readonly integrity?: string;
  /** Shipped inside of another package, as aws-cdk-lib does. */
  readonly inBundle?: boolean;
  readonly os?: readonly string[];
  readonly cpu?: readonly string[];
  readonly optionalDependencies?: { readonly [name: string]: string };
}

const { packages } = JSON.parse(read('package-lock.json')) as { packages: { [path: string]: LockedPackage } };

/** Packages that bring a program for each platform. */
const NATIVES = [
  ...['esbuild', '@biomejs/biome', 'oxlint', 'oxlint-tsgolint', '@duckdb/node-bindings', 'typescript'],
  ...['rolldown', 'lightningcss'],
];

/** What people work on, and CI runs on. */
const PLATFORMS = ['linux x64', 'linux arm64', 'darwin x64', 'darwin arm64', 'win32 x64'];

/** The entry that Node.js would find for a package from a place in the tree, nearest first. */
function lockedFrom(place: string, name: string): LockedPackage | undefined {
  const found = packages[`${place === '' ? '' : `${place}/`}node_modules/${name}`];
  if (found !== undefined || place === '') return found;
  const end = place.lastIndexOf('/node_modules/');
  return lockedFrom(end < 0 ? '' : place.slice(0, end), name);
}

function isComplete(locked: LockedPackage | undefined): boolean {
  return locked?.integrity !== undefined || locked?.inBundle === true;
}

describe('the lock file', () => {
  // npm writes only the packages of the platform it runs on when it finds others in node_modules (npm/cli#4828), and then `npm ci` fails elsewhere.
  it('holds every optional package of every package, so that `npm ci` works on other platforms', () => {
    const missing = Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
      Object.keys(optionalDependencies)
        .filter((name) => !isComplete(lockedFrom(path, name)))
        .map((name) => `${name} of ${path}`),
    );
    expect(missing).toEqual([]);
  });

  it.each(NATIVES)('has %s for every platform that people work on', (name) => {
    const place = `node_modules/${name}`;
    const natives = Object.keys(packages[place]?.optionalDependencies ?? {}).map((one) => lockedFrom(place, one));
    const covered = natives.flatMap((one) =>
      (one?.os ?? []).flatMap((os) => (one?.cpu ?? []).map((cpu) => `${os} ${cpu}`)),
    );
    expect(covered).toEqual(expect.arrayContaining(PLATFORMS));
    expect(new Set(natives.map((one) => one?.version)).size).toBe(1);
  });
});
