import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadEsbuild } from '../../diagnostics/load-esbuild';

let source: string | undefined;

/** The runtime's program text: as built, or translated on the fly when the library runs from its sources. */
export function runtimeSource(): string {
  if (source === undefined) {
    const built = join(__dirname, 'runtime.js');
    source = existsSync(built)
      ? readFileSync(built, 'utf8')
      : loadEsbuild().transformSync(readFileSync(join(__dirname, 'runtime.ts'), 'utf8'), {
          loader: 'ts',
          format: 'cjs',
        }).code;
  }
  return source;
}
