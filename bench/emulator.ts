// One tools/call through the whole emulator (both real interceptors with the trusted-context step, 200 policies, 50 tools) against the
// same tool behind a bare SDK server, then tools/list with 1,000 tools, then a change of a source until a call sees it, then memory over
// 100,000 calls. Ends with 4 when one of them misses its bar.
// Run: node scripts/build.mjs request-interceptor response-interceptor && npx tsx bench/emulator.ts [--calls 100000]
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { parseArgs } from 'node:util';
import { EXIT } from '../lib/cli/exit-code';
import { measureThroughput, measureTimes, type Target } from './emulator/client';
import { measureReload } from './emulator/reload';
import { type Command, type Report, TOOL } from './emulator/subject';

const CONNECTIONS = 32;
const ROUNDS = 5;
const MIN_RATIO = 0.5;
const MAX_OVERHEAD_MS = 3;
const MAX_LIST_MS = 50;
const MAX_RELOAD_MS = 1_000;
/** What the heap may grow by over all calls, beside noise. */
const MAX_GROWTH_MB = 10;
const { values } = parseArgs({ options: { calls: { type: 'string', default: '100000' } } });

interface Server extends Target {
  readonly strangers: readonly string[];
  readonly process: ChildProcess;
}

async function start(role: Report['role']): Promise<Server> {
  // The servers get processes of their own, so that the load does not run in their event loop.
  const child = fork(require.resolve('./emulator/subject.ts'), [role], {
    execArgv: ['--import', 'tsx', '--expose-gc'],
  });
  const [report] = (await once(child, 'message')) as [Report];
  return { ...report, process: child };
}

async function memoryOf({ process: child }: Server): Promise<number> {
  child.send('memory' satisfies Command);
  const [bytes] = (await once(child, 'message')) as [number];
  return bytes / 1024 / 1024;
}

function median(numbers: readonly number[]): number {
  return quantile(numbers, 0.5);
}

function quantile(numbers: readonly number[], part: number): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length * part)] ?? Number.NaN;
}

/** Prints a measurement with its bar. */
function hold(holds: boolean, line: string): void {
  if (!holds) process.exitCode = EXIT.doesNotHold;
  console.log(`${holds ? 'ok' : 'MISSED'}  ${line}`);
}

async function compare(emulator: Server, bare: Server): Promise<void> {
  const rates: { [server: string]: number[] } = { emulator: [], bare: [] };
  const times: { [server: string]: number[] } = { emulator: [], bare: [] };
  for (let round = 0; round <= ROUNDS; round += 1) {
    for (const [name, server] of [
      ['emulator', emulator],
      ['bare', bare],
    ] as const) {
      const rate = await measureThroughput(server, CONNECTIONS, round === 0 ? 500 : 2_000);
      const time = median(await measureTimes(server, 300));
      if (round === 0) continue;
      rates[name]?.push(rate);
      times[name]?.push(time);
    }
  }
  const [rate, bareRate] = [median(rates['emulator'] ?? []), median(rates['bare'] ?? [])];
  const [time, bareTime] = [median(times['emulator'] ?? []), median(times['bare'] ?? [])];
  hold(
    rate >= MIN_RATIO * bareRate,
    `requests per second at ${CONNECTIONS} connections: emulator ${rate.toFixed(0)}, bare SDK server ${bareRate.toFixed(0)}, ratio ${(rate / bareRate).toFixed(2)} (at least ${MIN_RATIO})`,
  );
  hold(
    time - bareTime <= MAX_OVERHEAD_MS,
    `median of one call: emulator ${time.toFixed(2)} ms, bare SDK server ${bareTime.toFixed(2)} ms, overhead ${(time - bareTime).toFixed(2)} ms (at most ${MAX_OVERHEAD_MS})`,
  );
}

async function listing(server: Server): Promise<void> {
  const first: number[] = [];
  for (const token of server.strangers) first.push(...(await measureTimes({ ...server, token }, 1, 'tools/list')));
  const again = await measureTimes(server, 20, 'tools/list');
  hold(
    median(first) <= MAX_LIST_MS && median(again) <= MAX_LIST_MS,
    `tools/list of 1,000 tools under 200 policies: the first of each of ${first.length} callers ${spread(first)}, of one caller again ${spread(again)} (at most ${MAX_LIST_MS} ms)`,
  );
}

async function reloading(): Promise<void> {
  for (const [change, times] of Object.entries(await measureReload(10))) {
    hold(
      Math.max(...times) <= MAX_RELOAD_MS,
      `a changed ${change} until a call sees it: ${spread(times)} (at most ${MAX_RELOAD_MS} ms)`,
    );
  }
}

function spread(times: readonly number[]): string {
  return `median ${median(times).toFixed(1)}, 95 % ${quantile(times, 0.95).toFixed(1)} ms`;
}

async function memory(server: Server, calls: number): Promise<void> {
  await measureThroughput(server, CONNECTIONS, Math.min(10_000, calls));
  const before = await memoryOf(server);
  await measureThroughput(server, CONNECTIONS, calls);
  const after = await memoryOf(server);
  hold(
    after - before <= MAX_GROWTH_MB,
    `heap before and after ${calls} calls: ${before.toFixed(1)} MB, ${after.toFixed(1)} MB (at most ${MAX_GROWTH_MB} more)`,
  );
}

async function main(): Promise<void> {
  const emulator = await start('emulator');
  const bare = await start('bare');
  const large = await start('large');
  try {
    await compare(emulator, bare);
    await listing(large);
    await reloading();
    await memory(emulator, Number(values.calls));
  } finally {
    for (const server of [emulator, bare, large]) server.process.kill();
  }
}

console.log(`tool ${TOOL}`);
void main();
