// Turns what tsc wrote as ECMAScript modules into files that Node.js takes for such beside CommonJS ones: `.mjs` and `.d.mts`, whose
// relative imports name files.
import { readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const NAMES = /^(export|import)\b([^'"]*)(['"])(\.{1,2}\/[^'"]+)\3;$/gm;
const TYPES = /\bimport\((['"])(\.{1,2}\/[^'"]+)\1\)/g;

export function nameModules(folder) {
  for (const file of readdirSync(folder, { recursive: true })) {
    const named = file.replace(/\.js$/, '.mjs').replace(/\.d\.ts$/, '.d.mts');
    if (named === file) continue;
    const path = join(folder, file);
    const text = readFileSync(path, 'utf8')
      .replace(NAMES, (_, verb, names, quote, id) => `${verb}${names}${quote}${id}.mjs${quote};`)
      .replace(TYPES, (_, quote, id) => `import(${quote}${id}.mjs${quote})`);
    writeFileSync(path, text);
    renameSync(path, join(folder, named));
  }
}
