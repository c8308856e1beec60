// The bundled interceptors against the same work written on middy and on Powertools, each in processes of its own. Ends with 4 when a bar
// is missed.
// Run: npx tsx bench/interceptor.ts
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { build } from 'esbuild';
import { EXIT } from '../lib/cli/exit-code';
import { bundledChain } from '../lib/constructs/interceptors/bundled-chain';
import type { InterceptionPoint } from '../lib/contract/interceptor-payload';
import type { InterceptorConfig } from '../lib/contract/steps/interceptor-config';
import { SecretsManagerDouble } from '../test/doubles/secrets-manager';
import { PROVING_CONFIG, REQUEST_CONFIG, RESPONSE_CONFIG, requestEvent, responseEvent } from './interceptor/subject';

const ROUNDS = 11;
const CALLS = 2_000;
const root = join(__dirname, '..');
const folder = mkdtempSync(join(tmpdir(), 'governed-gateway-bench-'));

/** What a bundle must keep to. Times are parts of those of middy with ajv in the same run, whatever the machine does. */
interface Bars {
  readonly bundleKb: number;
  readonly coldPart: number;
  readonly warmPart: number;
  /** Part of the first call that reads the same secret by hand. */
  readonly firstPart?: number;
}

interface Candidate {
  readonly name: string;
  /** A source file; of one of ours, its point and its configuration. */
  readonly entry: string | { readonly point: InterceptionPoint; readonly config: InterceptorConfig };
  readonly event: 'request' | 'response';
  readonly calls: number;
  readonly bars?: Bars;
}

const EMPTY: Candidate = { name: 'empty handler', entry: 'bench/interceptor/empty.ts', event: 'request', calls: CALLS };

const MIDDY: Candidate = {
  name: 'middy and ajv, 10 KB',
  entry: 'bench/interceptor/middy.ts',
  event: 'request',
  calls: CALLS,
};

/** Loads the SDK and reads the secret with the first call. */
const BY_HAND: Candidate = {
  name: 'a secret by hand, 10 KB',
  entry: 'bench/interceptor/secret-by-hand.ts',
  event: 'request',
  calls: CALLS,
};

const candidates: readonly Candidate[] = [
  EMPTY,
  {
    name: 'REQUEST interceptor, 10 KB',
    entry: { point: 'REQUEST', config: REQUEST_CONFIG },
    event: 'request',
    calls: CALLS,
    bars: { bundleKb: 50, coldPart: 1 / 5, warmPart: 1 },
  },
  {
    name: 'REQUEST interceptor that proves, 10 KB',
    entry: { point: 'REQUEST', config: PROVING_CONFIG },
    event: 'request',
    calls: CALLS,
    bars: { bundleKb: 50, coldPart: 1 / 5, warmPart: 1, firstPart: 1.25 },
  },
  BY_HAND,
  MIDDY,
  { name: 'Powertools, 10 KB', entry: 'bench/interceptor/powertools.ts', event: 'request', calls: CALLS },
  {
    name: 'RESPONSE interceptor, 1,000 tools',
    entry: { point: 'RESPONSE', config: RESPONSE_CONFIG },
    event: 'response',
    calls: 100,
    bars: { bundleKb: 40, coldPart: 1 / 5, warmPart: 60 },
  },
];

/** Milliseconds. */
interface Taken {
  readonly elapsedMs: number;
  readonly cpuMs: number;
}

interface Measured {
  readonly cold: Taken;
  readonly first: Taken;
  readonly warm: Taken;
  readonly heapMb: number;
}

async function bundle(entry: string, outfile: string): Promise<void> {
  await build({
    absWorkingDir: root,
    entryPoints: [entry],
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    minify: true,
    external: ['@aws-sdk/*', '@smithy/*'],
    logLevel: 'error',
  });
}

/** With the options that the deployed function has, and none of V8: such a one would have it compile again what Node.js brings compiled. */
async function run(bundlePath: string, { event, calls }: Candidate, environment: NodeJS.ProcessEnv): Promise<Measured> {
  const script = [join(folder, 'child.js'), bundlePath, join(folder, `${event}.json`), String(calls)];
  const child = spawn(process.execPath, ['--enable-source-maps', ...script], {
    stdio: ['ignore', 'ignore', 'inherit', 'pipe'],
    env: { ...process.env, ...environment },
  });
  const [output, [code]] = await Promise.all([text(child.stdio[3] as NodeJS.ReadableStream), once(child, 'exit')]);
  if (code !== 0) throw new Error(`${bundlePath} failed`);
  return JSON.parse(output) as Measured;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

/** Medians of all rounds. */
class Summary {
  readonly bundleKb: number;
  readonly cold: Taken;
  readonly first: Taken;
  readonly warm: Taken;
  readonly heapMb: number;

  constructor(path: string, rounds: readonly Measured[]) {
    const taken = (of: (measured: Measured) => Taken): Taken => ({
      elapsedMs: median(rounds.map((measured) => of(measured).elapsedMs)),
      cpuMs: median(rounds.map((measured) => of(measured).cpuMs)),
    });
    this.bundleKb = statSync(path).size / 1_024;
    this.cold = taken(({ cold }) => cold);
    this.first = taken(({ first }) => first);
    this.warm = taken(({ warm }) => warm);
    this.heapMb = median(rounds.map(({ heapMb }) => heapMb));
  }
}

/** Other processes lengthen elapsed time, and helper threads of V8 CPU time; a bar is missed when both are beyond it. */
function isWithin(taken: Taken, other: Taken, part: number): boolean {
  return taken.elapsedMs <= other.elapsedMs * part || taken.cpuMs <= other.cpuMs * part;
}

function report(summaries: ReadonlyMap<Candidate, Summary>): void {
  const empty = summaries.get(EMPTY);
  const middy = summaries.get(MIDDY);
  const byHand = summaries.get(BY_HAND);
  if (empty === undefined || middy === undefined || byHand === undefined) throw new Error('nothing to compare with');
  const shown = ({ elapsedMs, cpuMs }: Taken): string => `${elapsedMs.toFixed(2)} (${cpuMs.toFixed(2)})`.padEnd(17);
  console.log(
    `${'milliseconds, CPU in brackets'.padEnd(40)}${'bundle'.padEnd(11)}${'cold start'.padEnd(17)}${'first call'.padEnd(17)}${'a call'.padEnd(17)}heap`,
  );
  for (const [{ name, bars }, { bundleKb, cold, first, warm, heapMb }] of summaries) {
    const size = `${bundleKb.toFixed(1)} KB`.padEnd(11);
    const times = [cold, first, warm].map(shown).join('');
    console.log(`${name.padEnd(40)}${size}${times}${(heapMb - empty.heapMb).toFixed(2)} MB`);
    if (bars === undefined) continue;
    const missed = [
      ...(bundleKb <= bars.bundleKb ? [] : [`bundle beyond ${bars.bundleKb} KB`]),
      ...(isWithin(cold, middy.cold, bars.coldPart) ? [] : [`cold start more than ${bars.coldPart} of that of middy`]),
      ...(isWithin(warm, middy.warm, bars.warmPart) ? [] : [`a call takes more than ${bars.warmPart} of one of middy`]),
      ...(bars.firstPart === undefined || isWithin(first, byHand.first, bars.firstPart)
        ? []
        : [`the first call takes more than ${bars.firstPart} of one that reads a secret by hand`]),
    ];
    for (const what of missed) console.error(`missed: ${name}: ${what}`);
    if (missed.length > 0) process.exitCode = EXIT.doesNotHold;
  }
}

async function main(): Promise<void> {
  writeFileSync(join(folder, 'request.json'), JSON.stringify(requestEvent()));
  writeFileSync(join(folder, 'response.json'), JSON.stringify(responseEvent()));
  execFileSync(process.execPath, [join(root, 'scripts/build.mjs'), 'request-interceptor', 'response-interceptor']);
  await bundle('bench/interceptor/child.ts', join(folder, 'child.js'));
  // What bundles leave out, the runtime of Lambda has.
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  const secrets = new SecretsManagerDouble();
  const environment = {
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'AKID',
    AWS_SECRET_ACCESS_KEY: 'secret',
    AWS_ENDPOINT_URL_SECRETS_MANAGER: await secrets.start(),
    PROOF_SECRET_ARN: secrets.arn,
  };
  const paths = new Map<Candidate, string>();
  for (const [index, candidate] of candidates.entries()) {
    const directory = join(folder, String(index));
    mkdirSync(directory);
    const { entry } = candidate;
    if (typeof entry === 'string') await bundle(entry, join(directory, 'index.js'));
    else {
      const files = bundledChain(entry.point, entry.config);
      for (const [file, text] of Object.entries(files)) writeFileSync(join(directory, file), text);
    }
    paths.set(candidate, join(directory, 'index.js'));
  }
  const results = new Map<Candidate, Measured[]>(candidates.map((candidate) => [candidate, []]));
  // Round by round, so that a busy moment of the machine hits every candidate.
  for (let round = 0; round < ROUNDS; round++) {
    for (const [candidate, path] of paths) results.get(candidate)?.push(await run(path, candidate, environment));
  }
  secrets.stop();
  report(new Map([...paths].map(([candidate, path]) => [candidate, new Summary(path, results.get(candidate) ?? [])])));
}

void main().finally(() => rmSync(folder, { recursive: true, force: true }));
