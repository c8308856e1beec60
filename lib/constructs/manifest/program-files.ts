import { resolve, sep } from 'node:path';
import type { Construct, IConstruct } from 'constructs';
import type { SourceFile } from '../../contract/manifest';
import { sourceFiles } from '../../policy/assembly/source-hash';

/** This library's own code, which changes by installing another version. */
const LIBRARY = [resolve(__dirname, '../../../lib'), resolve(__dirname, '../../../lambda')];

const hashedOfApp = new WeakMap<IConstruct, readonly SourceFile[]>();

/** The files of the app's program with their hashes. Read once for all gateways of an app, since what is loaded does not change. */
export function hashedProgram(scope: Construct): readonly SourceFile[] {
  const app = scope.node.root;
  const hashed = hashedOfApp.get(app) ?? sourceFiles(programFiles());
  hashedOfApp.set(app, hashed);
  return hashed;
}

/**
 * Absolute paths of the app's program: the files below the app's directory that Node.js has loaded as CommonJS modules, packages left out.
 * None where the program is made of ECMAScript modules, of which Node.js keeps no list.
 */
function programFiles(): string[] {
  const loaded = typeof require === 'function' ? Object.keys(require.cache ?? {}) : [];
  const app = process.cwd() + sep;
  return loaded.filter(
    (file) =>
      file.startsWith(app) &&
      !file.includes(`${sep}node_modules${sep}`) &&
      !LIBRARY.some((folder) => file.startsWith(folder + sep)),
  );
}
