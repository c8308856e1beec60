// Writes every generated page. A test fails when one is out of date.
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { GENERATED_PAGES } from './generated-pages';

const root = dirname(__dirname);

for (const { path, render } of GENERATED_PAGES) {
  const file = join(root, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, render());
}
