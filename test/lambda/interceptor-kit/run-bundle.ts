import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { InterceptorEvent, InterceptorOutput } from '../../../lib/contract/interceptor-payload';
import { ROOT } from '../../house/source-files';

/** A bundled function with every step there is. */
export function bundleFolder(name: string): string {
  return join(ROOT, 'dist/lambda', name);
}

/** All code of a bundled function. */
export function textOfBundle(name: string): string {
  const files = readdirSync(bundleFolder(name)).filter((file) => file.endsWith('.js'));
  return files.map((file) => readFileSync(join(bundleFolder(name), file), 'utf8')).join('\n');
}

const RUNNER = `
require('./index.js').handler(JSON.parse(process.argv[1]), { awsRequestId: 'r' })
  .then((output) => console.log('\\n' + JSON.stringify(output)));
`;

/** Runs a bundle as Lambda would: in a process of its own, beside its configuration, far from any node_modules. */
export function runBundle(
  name: string,
  config: string | object | undefined,
  event: InterceptorEvent,
): InterceptorOutput {
  return JSON.parse(linesOfBundle(name, config, event).at(-1) ?? '') as InterceptorOutput;
}

/** What a bundle writes when it runs: log lines, and the output as the last one. */
export function linesOfBundle(name: string, config: string | object | undefined, event: InterceptorEvent): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'interceptor-'));
  try {
    cpSync(bundleFolder(name), folder, { recursive: true });
    if (config !== undefined) {
      writeFileSync(join(folder, 'config.json'), typeof config === 'string' ? config : JSON.stringify(config));
    }
    const { stdout } = spawnSync(process.execPath, ['-e', RUNNER, JSON.stringify(event)], {
      cwd: folder,
      encoding: 'utf8',
    });
    return stdout.trim().split('\n');
  } finally {
    rmSync(folder, { recursive: true });
  }
}

interface BundledFiles {
  readonly chain: readonly string[];
  readonly steps: { readonly [step: string]: readonly string[] };
}

/** Bytes of a bundled chain with some steps, without the engine for patterns. */
export function sizeOfChain(name: string, steps: readonly string[]): number {
  const { chain, steps: files } = JSON.parse(
    readFileSync(join(bundleFolder(name), 'files.json'), 'utf8'),
  ) as BundledFiles;
  const needed = new Set([...chain, ...steps.flatMap((step) => files[step] ?? [])]);
  return [...needed].reduce((sum, file) => sum + statSync(join(bundleFolder(name), file)).size, 0);
}
