import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import type { InterceptorEvent, InterceptorOutput } from '../../../lib/contract/interceptor-payload';
import { ROOT } from '../../house/source-files';

/** A bundled function as it ships. */
export function bundlePath(name: string): string {
  return join(ROOT, 'dist/lambda', name, 'index.js');
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
    copyFileSync(bundlePath(name), join(folder, 'index.js'));
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

/** Bytes of a chain of the given steps, bundled as the functions are. */
export async function sizeOfChain(intercept: string, steps: readonly string[]): Promise<number> {
  const kit = './lambda/interceptor-kit';
  const contents = `
    ${steps.map((name, index) => `import * as step${index} from '${kit}/steps/${name}';`).join('\n')}
    import { createHandler } from '${kit}/chain/handler';
    import * as point from '${kit}/chain/${intercept}';
    import { readConfig } from '${kit}/chain/config';
    export const made = [${steps.map((_, index) => `step${index}`).join(', ')}].map((step) => ({ ...step }));
    export const handler = createHandler(Object.values(point)[0], [], { config: readConfig(__dirname) });`;
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: ROOT, loader: 'ts' },
    bundle: true,
    write: false,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    minify: true,
    external: ['@aws-sdk/*'],
  });
  return outputFiles[0]?.contents.length ?? 0;
}
