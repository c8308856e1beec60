import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { compileFunction } from 'node:vm';
import { sdkStandIn } from './sdk-stand-in';

/**
 * Loads a bundle in this process, to read what its handler declares. The AWS SDK is replaced by something inert, and environment variables
 * are as before afterwards. Throws whatever the module throws.
 *
 * @param environment the function's environment, which the module may read while it loads; tokens stay texts
 */
export function loadBundle(
  directory: string,
  environment: { readonly [name: string]: string } = {},
): { readonly handler?: unknown } {
  return withEnvironment(environment, () => load(directory));
}

function load(directory: string): { readonly handler?: unknown } {
  const file = join(directory, 'index.js');
  const load = compileFunction(
    readFileSync(file, 'utf8'),
    ['exports', 'require', 'module', '__filename', '__dirname'],
    { filename: file },
  ) as (exports: object, require: (id: string) => unknown, module: object, filename: string, dirname: string) => void;
  const native = createRequire(file);
  const module: { exports: object } = { exports: {} };
  const require = (id: string): unknown => (/^@(aws-sdk|smithy)\//.test(id) ? sdkStandIn() : native(id));
  load(module.exports, require, module, file, directory);
  return module.exports;
}

function withEnvironment<T>(environment: { readonly [name: string]: string }, run: () => T): T {
  const before = { ...process.env };
  try {
    Object.assign(process.env, environment);
    return run();
  } finally {
    for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name];
    Object.assign(process.env, before);
  }
}
