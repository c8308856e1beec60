import { execFileSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from '../house/source-files';
import { oncePerRun } from '../once-per-run';

/** A package as it would be published. */
export interface Packed {
  /** Path of its archive. */
  readonly file: string;
  readonly files: readonly { readonly path: string; readonly size: number }[];
}

const known = new Map<string, Packed>();

/** What `npm pack` makes of a package of the checkout, by its folder. The library itself needs a build. */
export function packed(folder = '.'): Packed {
  const packed = known.get(folder) ?? oncePerRun(`packed-${folder.replaceAll('/', '-')}`, () => pack(folder));
  known.set(folder, packed);
  return packed;
}

function pack(folder: string): Packed {
  const into = mkdtempSync(join(tmpdir(), 'governed-gateway-packed-'));
  const output = execFileSync('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', into], {
    cwd: join(ROOT, folder),
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  type Report = { readonly filename: string; readonly files: Packed['files'] };
  const report = JSON.parse(output) as Report[] | { [name: string]: Report };
  const [{ filename, files } = { filename: '', files: [] }] = Object.values(report);
  return { file: join(into, filename), files };
}
