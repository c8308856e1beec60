import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundledChain } from '../../../lib/constructs/interceptors/bundled-chain';
import type { InterceptionPoint, InterceptorEvent, InterceptorOutput } from '../../../lib/contract/interceptor-payload';
import { INTERCEPTOR_CONFIG_FILE, type InterceptorConfig } from '../../../lib/contract/steps/interceptor-config';
import { ROOT } from '../../house/source-files';

type BundleName = 'request-interceptor' | 'response-interceptor';

function pointOf(name: BundleName): InterceptionPoint {
  return name === 'request-interceptor' ? 'REQUEST' : 'RESPONSE';
}

/** All code of which functions of a kind are made, whatever their steps. */
export function textOfBundle(name: BundleName): string {
  const folder = join(ROOT, 'dist/lambda', name);
  const files = readdirSync(folder).filter((file) => file.endsWith('.js'));
  return files.map((file) => readFileSync(join(folder, file), 'utf8')).join('\n');
}

/** Writes the function of a configuration as the construct does; where there is none to speak of, one without steps. */
export function writeBundle(folder: string, name: BundleName, config: string | object | undefined): void {
  const given = (typeof config === 'object' ? config : {}) as Partial<InterceptorConfig>;
  const steps = Array.isArray(given.steps) ? given.steps : [];
  const files = bundledChain(pointOf(name), { ...given, steps } as unknown as InterceptorConfig);
  for (const [file, text] of Object.entries(files)) writeFileSync(join(folder, file), text);
  const path = join(folder, INTERCEPTOR_CONFIG_FILE);
  if (config === undefined) rmSync(path);
  else writeFileSync(path, typeof config === 'string' ? config : JSON.stringify(config));
}

const RUNNER = `
require('./index.js').handler(JSON.parse(process.argv[1]), { awsRequestId: 'r' })
  .then((output) => console.log('\\n' + JSON.stringify(output)));
`;

/** Runs a bundle as Lambda would: in a process of its own, beside its configuration, far from any node_modules. */
export function runBundle(
  name: BundleName,
  config: string | object | undefined,
  event: InterceptorEvent,
): InterceptorOutput {
  return JSON.parse(linesOfBundle(name, config, event).at(-1) ?? '') as InterceptorOutput;
}

/** What a bundle writes when it runs: log lines, and the output as the last one. */
export function linesOfBundle(
  name: BundleName,
  config: string | object | undefined,
  event: InterceptorEvent,
  program = RUNNER,
): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'interceptor-'));
  try {
    writeBundle(folder, name, config);
    const { stdout } = spawnSync(process.execPath, ['-e', program, JSON.stringify(event)], {
      cwd: folder,
      encoding: 'utf8',
    });
    return stdout.trim().split('\n');
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Modules of Node.js that a bundle and its first call load. */
export function modulesOfBundle(name: BundleName, config: object, event: InterceptorEvent): readonly string[] {
  return JSON.parse(linesOfBundle(name, config, event, MODULES).at(-1) ?? '') as string[];
}

const MODULES = `
const before = new Set(process.moduleLoadList);
require('./index.js').handler(JSON.parse(process.argv[1]), { awsRequestId: 'r' }).then(() => {
  console.log('\\n' + JSON.stringify(process.moduleLoadList.filter((name) => !before.has(name))));
});
`;

/** Bytes of the code of a bundled chain with some steps, without the engine for patterns. */
export function sizeOfChain(name: BundleName, steps: readonly string[]): number {
  const config = { steps: steps.map((step) => ({ step })) } as unknown as InterceptorConfig;
  return Buffer.byteLength(bundledChain(pointOf(name), config)['index.js'] ?? '');
}
