import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Folder of a Lambda function that this package bundled ahead, for example `policy-engine`. */
export function lambdaBundle(name: string): string {
  return join(packageRoot(__dirname), 'dist', 'lambda', name);
}

/** The folder with package.json: this file runs from `lib/` in a checkout and from `dist/lib/` when installed. */
function packageRoot(from: string): string {
  const parent = dirname(from);
  return existsSync(join(from, 'package.json')) || parent === from ? from : packageRoot(parent);
}
