// The bundled interceptors against the same work written on middy and on Powertools, each in processes of its own.
// Run: npx tsx bench/interceptor.ts
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { REQUEST_CONFIG, RESPONSE_CONFIG, requestEvent, responseEvent } from './interceptor/subject';

const ROUNDS = 11;
const CALLS = 2_000;
const root = join(__dirname, '..');
const folder = mkdtempSync(join(tmpdir(), 'governed-gateway-bench-'));

interface Candidate {
  readonly name: string;
  readonly entry: string;
  readonly event: 'request' | 'response';
  readonly calls: number;
  readonly config?: object;
}

const candidates: readonly Candidate[] = [
  { name: 'an empty handler', entry: 'bench/interceptor/empty.ts', event: 'request', calls: CALLS },
  {
    name: 'REQUEST interceptor',
    entry: 'lambda/request-interceptor/index.ts',
    event: 'request',
    calls: CALLS,
    config: REQUEST_CONFIG,
  },
  { name: 'middy', entry: 'bench/interceptor/middy.ts', event: 'request', calls: CALLS },
  { name: 'Powertools', entry: 'bench/interceptor/powertools.ts', event: 'request', calls: CALLS },
  {
    name: 'RESPONSE interceptor, 1,000 tools',
    entry: 'lambda/response-interceptor/index.ts',
    event: 'response',
    calls: 100,
    config: RESPONSE_CONFIG,
  },
];

interface Measured {
  readonly coldWallMs: number;
  readonly coldCpuMs: number;
  readonly warmMs: number;
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

function run(bundlePath: string, { event, calls }: Candidate): Measured {
  const args = ['--expose-gc', join(folder, 'child.js'), bundlePath, join(folder, `${event}.json`), String(calls)];
  const { output, status } = spawnSync(process.execPath, args, { stdio: ['ignore', 'ignore', 'inherit', 'pipe'] });
  if (status !== 0) throw new Error(`${bundlePath} failed`);
  return JSON.parse(String(output[3])) as Measured;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
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
    for (const candidate of candidates) results.get(candidate)?.push(run(paths.get(candidate) ?? '', candidate));
  }
  console.log('candidate                            bundle   cold start (wall)    warm      heap');
  for (const [candidate, measured] of results) {
    const of = (member: keyof Measured): string => median(measured.map((result) => result[member])).toFixed(3);
    const size = (statSync(paths.get(candidate) ?? '').size / 1_024).toFixed(1);
    const columns = [
      candidate.name.padEnd(36),
      `${size} KB`.padEnd(9),
      `${of('coldCpuMs')} ms (${of('coldWallMs')})`.padEnd(20),
    ];
    console.log([...columns, `${of('warmMs')} ms`.padEnd(9), `${of('heapMb')} MB`].join(' '));
  }
}

void main().finally(() => rmSync(folder, { recursive: true, force: true }));
