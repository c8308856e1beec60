// The entry of the command line, in one file with the commands that people wait for between two edits: loading 150 to 250 modules took a third of
// such a command's time. The other commands, and what is loaded on demand, stay the files that the compiler wrote.
import { relative, resolve } from 'node:path';
import { build } from 'esbuild';

/** Commands over policies alone. Nothing that they load at once looks for files beside itself. */
const COMMANDS = new Set(['schema', 'validate', 'explain', 'authorize', 'test', 'matrix', 'prove']);

/** Packages that every command loads at once. */
const PACKAGES = new Set(['commander', 'fastest-levenshtein']);

const COMMAND = /^\.\/commands\/(.*)\.js$/;

/** Writes dist/bin/governed-gateway.js, and gives the paths of what is in it. */
export async function bundleCommandLine(root) {
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: ['bin/governed-gateway.ts'],
    outfile: 'dist/bin/governed-gateway.js',
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    legalComments: 'none',
    logLevel: 'warning',
    metafile: true,
    plugins: [{ name: 'on-demand', setup: (plugin) => leaveOnDemand(plugin, resolve(root, 'bin')) }],
  });
  return Object.keys(metafile.inputs);
}

/** Leaves out what is imported dynamically, which `dist` holds under the same path as the sources, and all packages but a few. */
function leaveOnDemand(plugin, entry) {
  plugin.onResolve({ filter: /^\./ }, ({ path, kind, resolveDir }) => {
    if (kind !== 'dynamic-import' || COMMANDS.has(COMMAND.exec(path)?.[1])) return undefined;
    return { path: relative(entry, resolve(resolveDir, path)).replaceAll('\\', '/'), external: true };
  });
  plugin.onResolve({ filter: /^[^./]/ }, ({ path, kind }) => {
    if (kind === 'entry-point' || PACKAGES.has(path)) return undefined;
    return { path, external: true };
  });
}
