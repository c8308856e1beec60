// Removes the declarations that no entry of the package mentions, four in five of them: nobody can import them.
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

const IMPORT = /(?:from|import\()\s*['"](\.[^'"]+)['"]/g;

/** The declaration of what a declaration imports as `./name` or `./folder`. */
function declarationOf(from, path) {
  const base = resolve(dirname(from), path.replace(/\.js$/, ''));
  return [`${base}.d.ts`, join(base, 'index.d.ts')].find((file) => existsSync(file));
}

/** Paths of the declarations that package.json names. */
function entriesOf(root) {
  const { exports } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const named = (value) => (typeof value === 'string' ? [value] : Object.values(value).flatMap(named));
  return named(exports).flatMap((path) => (path.endsWith('.d.ts') ? [join(root, path)] : []));
}

export function pruneDeclarations(root) {
  const folder = join(root, 'dist');
  const kept = new Set();
  const visit = (file) => {
    if (file === undefined || kept.has(file)) return;
    kept.add(file);
    for (const [, path] of readFileSync(file, 'utf8').matchAll(IMPORT)) visit(declarationOf(file, path));
  };
  for (const entry of entriesOf(root)) visit(entry);
  for (const name of readdirSync(folder, { recursive: true })) {
    const file = join(folder, name);
    if (file.endsWith('.d.ts') && !kept.has(file)) rmSync(file);
  }
}
