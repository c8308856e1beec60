// One tools/call through the whole emulator (both real interceptors with the trusted-context step, 200 policies, 50 tools) against the
// same tool behind a bare SDK server, then tools/list with 1,000 tools, then memory over 100,000 calls.
// Run: node scripts/build.mjs request-interceptor response-interceptor && npx tsx bench/emulator.ts [--calls 100000]
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { parseArgs } from 'node:util';
import { measureLatency, measureThroughput, type Target } from './emulator/client';
import { type Command, type Report, TOOL } from './emulator/subject';

const CONNECTIONS = 32;
const ROUNDS = 5;
const { values } = parseArgs({ options: { calls: { type: 'string', default: '100000' } } });

interface Server extends Target {
  readonly process: ChildProcess;
}

async function start(role: Report['role']): Promise<Server> {
  // The servers get processes of their own, so that the load does not run in their event loop.
  const child = fork(require.resolve('./emulator/subject.ts'), [role], {
    execArgv: ['--import', 'tsx', '--expose-gc'],
  });
  const [report] = (await once(child, 'message')) as [Report];
  return { process: child, url: report.url, token: report.token, tool: report.tool };
}

async function memoryOf({ process: child }: Server): Promise<number> {
  child.send('memory' satisfies Command);
  const [bytes] = (await once(child, 'message')) as [number];
  return bytes / 1024 / 1024;
}

function median(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;
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
      const time = await measureLatency(server, 300);
      if (round === 0) continue;
      rates[name]?.push(rate);
      times[name]?.push(time);
    }
  }
  const [rate, bareRate] = [median(rates['emulator'] ?? []), median(rates['bare'] ?? [])];
  const [time, bareTime] = [median(times['emulator'] ?? []), median(times['bare'] ?? [])];
  console.log(
    `requests per second at ${CONNECTIONS} connections: emulator ${rate.toFixed(0)}, bare SDK server ${bareRate.toFixed(0)}, ratio ${(rate / bareRate).toFixed(2)} (at least 0.50)`,
  );
  console.log(
    `median of one call: emulator ${time.toFixed(2)} ms, bare SDK server ${bareTime.toFixed(2)} ms, overhead ${(time - bareTime).toFixed(2)} ms (at most 3)`,
  );
}

async function listing(server: Server): Promise<void> {
  const first = await measureLatency(server, 1, 'tools/list');
  const next = await measureLatency(server, 20, 'tools/list');
  console.log(
    `tools/list of 1,000 tools: a caller's first ${first.toFixed(1)} ms, from then on ${next.toFixed(1)} ms (at most 50)`,
  );
}

async function memory(server: Server, calls: number): Promise<void> {
  await measureThroughput(server, CONNECTIONS, Math.min(10_000, calls));
  const before = await memoryOf(server);
  await measureThroughput(server, CONNECTIONS, calls);
  const after = await memoryOf(server);
  console.log(`heap before and after ${calls} calls: ${before.toFixed(1)} MB, ${after.toFixed(1)} MB`);
}

async function main(): Promise<void> {
  const emulator = await start('emulator');
  const bare = await start('bare');
  const large = await start('large');
  try {
    await compare(emulator, bare);
    await listing(large);
    await memory(emulator, Number(values.calls));
  } finally {
    for (const server of [emulator, bare, large]) server.process.kill();
  }
}

console.log(`tool ${TOOL}`);
void main();
