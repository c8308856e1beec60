import { resolve, sep } from 'node:path';

/** This library's own code, which changes by installing another version. */
const LIBRARY = [resolve(__dirname, '../../../lib'), resolve(__dirname, '../../../lambda')];

/**
 * Absolute paths of the app's program: the files below the app's directory that Node.js has loaded as CommonJS modules, packages left out.
 * None where the program is made of ECMAScript modules, of which Node.js keeps no list.
 */
export function programFiles(): string[] {
  const loaded = typeof require === 'function' ? Object.keys(require.cache ?? {}) : [];
  const app = process.cwd() + sep;
  return loaded.filter(
    (file) =>
      file.startsWith(app) &&
      !file.split(sep).includes('node_modules') &&
      !LIBRARY.some((folder) => file.startsWith(folder + sep)),
  );
}
