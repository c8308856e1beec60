// Marks the lines on which the compiled library throws, so that Node.js does not show them: people who forgot a prop want to read the finding,
// not a line of this library. The mark is Node.js's own; its function GetErrorSource looks for it.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const MARK = '// node-do-not-add-exception-line';

export function markThrows(directory) {
  for (const file of readdirSync(directory, { recursive: true })) {
    if (!file.endsWith('.js')) continue;
    const path = join(directory, file);
    const text = readFileSync(path, 'utf8');
    const marked = text.replace(/^(?!\s*(?:\*|\/\/)).*\bthrow (?:new )?\w.*$/gm, (line) => `${line} ${MARK}`);
    if (marked !== text) writeFileSync(path, marked);
  }
}
