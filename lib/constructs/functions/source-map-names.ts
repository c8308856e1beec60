import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';

/**
 * Names the sources of a source map after the packages that they belong to, so that the map has the same bytes in every
 * checkout and however packages are hoisted, stored or linked. Sources of the bundled project keep their relative path.
 */
export function nameSources(map: string, mapDirectory: string, projectRoot: string): string {
  const parsed = JSON.parse(map) as { sources: string[] };
  const roots = new Map<string, PackageRoot>();
  parsed.sources = parsed.sources.map((source) => {
    const file = resolve(mapDirectory, source);
    const root = packageRootOf(dirname(file), roots);
    const path = relative(root.directory, file).split(sep).join('/');
    return root.directory === projectRoot ? path : `${root.name}/${path}`;
  });
  return JSON.stringify(parsed);
}

interface PackageRoot {
  readonly directory: string;
  readonly name: string;
}

/** The nearest folder upwards whose package.json has a name: packages hold others without one, only to set a module type. */
function packageRootOf(directory: string, known: Map<string, PackageRoot>): PackageRoot {
  const found = known.get(directory);
  if (found) return found;
  const name = packageName(join(directory, 'package.json'));
  const parent = dirname(directory);
  const root =
    name !== undefined
      ? { directory, name }
      : parent === directory
        ? { directory, name: basename(directory) }
        : packageRootOf(parent, known);
  known.set(directory, root);
  return root;
}

function packageName(file: string): string | undefined {
  if (!existsSync(file)) return undefined;
  const name = (JSON.parse(readFileSync(file, 'utf8')) as { name?: unknown }).name;
  return typeof name === 'string' ? name : undefined;
}
