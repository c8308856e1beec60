// Turns what tsc wrote as ECMAScript modules into files that Node.js takes for such beside CommonJS ones: `.mjs` and `.d.mts`, whose
// relative imports name files.
import { readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const NAMES = /^(export|import)\b([^'"]*)(['"])(\.{1,2}\/[^'"]+)\3;$/gm;
const EXPRESSIONS = /\bimport\((['"])(\.{1,2}\/[^'"]+)\1\)/g;

export function nameModules(folder) {
  for (const file of readdirSync(folder, { recursive: true })) {
    const name = file.replace(/\.js$/, '.mjs').replace(/\.d\.ts$/, '.d.mts');
    if (name === file) continue;
    const path = join(folder, file);
    const text = readFileSync(path, 'utf8')
      .replace(NAMES, (_, verb, names, quote, id) => `${verb}${names}${quote}${named(id)}${quote};`)
      .replace(EXPRESSIONS, (_, quote, id) => `import(${quote}${named(id)}${quote})`);
    writeFileSync(path, text);
    renameSync(path, join(folder, name));
  }
}

/** An import that is deferred in CommonJS names its file already. */
function named(id) {
  return `${id.replace(/\.js$/, '')}.mjs`;
}
