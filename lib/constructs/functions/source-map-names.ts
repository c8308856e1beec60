import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';

/**
 * Names the sources of a source map after the packages that they belong to, so that the map has the same bytes in every
 * checkout and however packages are hoisted, stored or linked. Sources of the bundled project, of the monorepo around it, and of no package
 * keep their path relative to the project, as their importers write it.
 */
export function nameSources(map: string, mapDirectory: string, projectRoot: string): string {
  const parsed = JSON.parse(map) as { sources: string[] };
  const roots = new Map<string, PackageRoot | undefined>();
  parsed.sources = parsed.sources.map((source) => {
    const file = resolve(mapDirectory, source);
    const root = packageRootOf(dirname(file), roots);
    if (root === undefined || isAround(root.directory, projectRoot)) return posix(relative(projectRoot, file));
    return `${root.name}/${posix(relative(root.directory, file))}`;
  });
  return JSON.stringify(parsed);
}

function isAround(directory: string, projectRoot: string): boolean {
  return !relative(directory, projectRoot).startsWith('..');
}

function posix(path: string): string {
  return path.split(sep).join('/');
}

interface PackageRoot {
  readonly directory: string;
  readonly name: string;
}

/** The nearest folder upwards whose package.json has a name: packages hold others without one, only to set a module type. */
function packageRootOf(directory: string, known: Map<string, PackageRoot | undefined>): PackageRoot | undefined {
  if (known.has(directory)) return known.get(directory);
  const name = packageName(join(directory, 'package.json'));
  const parent = dirname(directory);
  const above = parent === directory ? undefined : packageRootOf(parent, known);
  const root = name === undefined ? above : { directory, name };
  known.set(directory, root);
  return root;
}

function packageName(file: string): string | undefined {
  if (!existsSync(file)) return undefined;
  const name = (JSON.parse(readFileSync(file, 'utf8')) as { name?: unknown }).name;
  return typeof name === 'string' ? name : undefined;
}
