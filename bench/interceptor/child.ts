// Measures one bundle in a process of its own: node --enable-source-maps child.js BUNDLE EVENTS-FILE CALLS.
// Answers on file descriptor 3.
import { readFileSync, writeSync } from 'node:fs';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

const [, , bundle = '', eventsFile = '', calls = '0'] = process.argv;

/** Elapsed and CPU time of something, in milliseconds. */
interface Taken {
  readonly elapsedMs: number;
  readonly cpuMs: number;
}

function stopwatch(): () => Taken {
  const cpu = process.cpuUsage();
  const start = process.hrtime.bigint();
  return () => {
    const elapsedMs = Number(process.hrtime.bigint() - start) / 1e6;
    const { user, system } = process.cpuUsage(cpu);
    return { elapsedMs, cpuMs: (user + system) / 1e3 };
  };
}

async function measure(): Promise<void> {
  const text = readFileSync(eventsFile, 'utf8');
  const loading = stopwatch();
  const { handler } = require(bundle) as { handler: (event: unknown, context: unknown) => Promise<unknown> };
  const cold = loading();
  const times: Taken[] = [];
  for (let call = 0; call < Number(calls); call++) {
    // The runtime parses the event and writes the answer: that is not the handler's work, but makes a fresh object each time.
    const event: unknown = JSON.parse(text);
    const calling = stopwatch();
    await handler(event, { awsRequestId: `r-${call}` });
    times.push(calling());
  }
  const first = times[0];
  const settled = times.slice(Math.floor(times.length / 4));
  const warm = { elapsedMs: median(settled, 'elapsedMs'), cpuMs: median(settled, 'cpuMs') };
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  writeSync(3, JSON.stringify({ cold, first, warm, heapMb: process.memoryUsage().heapUsed / 2 ** 20 }));
}

function median(times: readonly Taken[], member: keyof Taken): number {
  const sorted = times.map((taken) => taken[member]).sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

void measure();
