// The bundled interceptors against the same work written on middy and on Powertools, each in processes of its own. Ends with 4 when a bar
// is missed.
// Run: npx tsx bench/interceptor.ts
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { EXIT } from '../lib/cli/exit-code';
import { REQUEST_CONFIG, RESPONSE_CONFIG, requestEvent, responseEvent } from './interceptor/subject';

const ROUNDS = 11;
const CALLS = 2_000;
const root = join(__dirname, '..');
const folder = mkdtempSync(join(tmpdir(), 'governed-gateway-bench-'));

interface Bars {
  readonly bundleKb: number;
  /** Milliseconds over an empty handler, from require to the handler. */
  readonly coldMs: number;
  /** Milliseconds of a call, median. */
  readonly warmMs: number;
}

interface Candidate {
  readonly name: string;
  readonly entry: string;
  readonly event: 'request' | 'response';
  readonly calls: number;
  readonly config?: object;
  readonly bars?: Bars;
}

const EMPTY: Candidate = { name: 'empty handler', entry: 'bench/interceptor/empty.ts', event: 'request', calls: CALLS };

const candidates: readonly Candidate[] = [
  EMPTY,
  {
    name: 'REQUEST interceptor, 10 KB',
    entry: 'lambda/request-interceptor/index.ts',
    event: 'request',
    calls: CALLS,
    config: REQUEST_CONFIG,
    bars: { bundleKb: 60, coldMs: 20, warmMs: 0.3 },
  },
  { name: 'middy and ajv, 10 KB', entry: 'bench/interceptor/middy.ts', event: 'request', calls: CALLS },
  { name: 'Powertools, 10 KB', entry: 'bench/interceptor/powertools.ts', event: 'request', calls: CALLS },
  {
    name: 'RESPONSE interceptor, 1,000 tools',
    entry: 'lambda/response-interceptor/index.ts',
    event: 'response',
    calls: 100,
    config: RESPONSE_CONFIG,
    bars: { bundleKb: 40, coldMs: 20, warmMs: 5 },
  },
];

/** Milliseconds. */
interface Taken {
  readonly elapsedMs: number;
  readonly cpuMs: number;
}

interface Measured {
  readonly cold: Taken;
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

/** With the options that the deployed function has. */
function run(bundlePath: string, { event, calls }: Candidate): Measured {
  const script = [join(folder, 'child.js'), bundlePath, join(folder, `${event}.json`), String(calls)];
  const { output, status } = spawnSync(process.execPath, ['--expose-gc', '--enable-source-maps', ...script], {
    stdio: ['ignore', 'ignore', 'inherit', 'pipe'],
  });
  if (status !== 0) throw new Error(`${bundlePath} failed`);
  return JSON.parse(String(output[3])) as Measured;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

/** Medians of all rounds. */
class Summary {
  readonly bundleKb: number;
  readonly cold: Taken;
  readonly warm: Taken;
  readonly heapMb: number;

  constructor(path: string, rounds: readonly Measured[]) {
    const taken = (of: (measured: Measured) => Taken): Taken => ({
      elapsedMs: median(rounds.map((measured) => of(measured).elapsedMs)),
      cpuMs: median(rounds.map((measured) => of(measured).cpuMs)),
    });
    this.bundleKb = statSync(path).size / 1_024;
    this.cold = taken(({ cold }) => cold);
    this.warm = taken(({ warm }) => warm);
    this.heapMb = median(rounds.map(({ heapMb }) => heapMb));
  }
}

/** Other processes lengthen elapsed time, and helper threads of V8 CPU time; a bar is missed when both are beyond it. */
function isWithin(taken: Taken, limitMs: number): boolean {
  return Math.min(taken.elapsedMs, taken.cpuMs) <= limitMs;
}

function report(summaries: ReadonlyMap<Candidate, Summary>): void {
  const empty = summaries.get(EMPTY);
  if (empty === undefined) throw new Error('nothing to compare with');
  const shown = ({ elapsedMs, cpuMs }: Taken): string => `${elapsedMs.toFixed(2)} (${cpuMs.toFixed(2)})`.padEnd(17);
  console.log(
    `${'milliseconds, CPU in brackets'.padEnd(36)}${'bundle'.padEnd(11)}${'cold start'.padEnd(17)}${'a call'.padEnd(17)}heap`,
  );
  for (const [{ name, bars }, { bundleKb, cold, warm, heapMb }] of summaries) {
    const size = `${bundleKb.toFixed(1)} KB`.padEnd(11);
    console.log(`${name.padEnd(36)}${size}${shown(cold)}${shown(warm)}${(heapMb - empty.heapMb).toFixed(2)} MB`);
    if (bars === undefined) continue;
    const over = { elapsedMs: cold.elapsedMs - empty.cold.elapsedMs, cpuMs: cold.cpuMs - empty.cold.cpuMs };
    const missed = [
      ...(bundleKb <= bars.bundleKb ? [] : [`bundle beyond ${bars.bundleKb} KB`]),
      ...(isWithin(over, bars.coldMs) ? [] : [`cold start more than ${bars.coldMs} ms over an empty handler`]),
      ...(isWithin(warm, bars.warmMs) ? [] : [`a call takes more than ${bars.warmMs} ms`]),
    ];
    for (const what of missed) console.error(`missed: ${name}: ${what}`);
    if (missed.length > 0) process.exitCode = EXIT.doesNotHold;
  }
}

async function main(): Promise<void> {
  writeFileSync(join(folder, 'request.json'), JSON.stringify(requestEvent()));
  writeFileSync(join(folder, 'response.json'), JSON.stringify(responseEvent()));
  await bundle('bench/interceptor/child.ts', join(folder, 'child.js'));
  const paths = new Map<Candidate, string>();
  for (const [index, candidate] of candidates.entries()) {
    const directory = join(folder, String(index));
    mkdirSync(directory);
    await bundle(candidate.entry, join(directory, 'index.js'));
    if (candidate.config) writeFileSync(join(directory, 'config.json'), JSON.stringify(candidate.config));
    paths.set(candidate, join(directory, 'index.js'));
  }
  const results = new Map<Candidate, Measured[]>(candidates.map((candidate) => [candidate, []]));
  // Round by round, so that a busy moment of the machine hits every candidate.
  for (let round = 0; round < ROUNDS; round++) {
    for (const [candidate, path] of paths) results.get(candidate)?.push(run(path, candidate));
  }
  report(new Map([...paths].map(([candidate, path]) => [candidate, new Summary(path, results.get(candidate) ?? [])])));
}

void main().finally(() => rmSync(folder, { recursive: true, force: true }));
