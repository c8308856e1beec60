// Measures one bundle in a process of its own, in CPU time, which a busy machine distorts least:
// node --expose-gc child.js BUNDLE EVENTS-FILE CALLS. Answers on file descriptor 3.
import { readFileSync, writeSync } from 'node:fs';

const [, , bundle = '', eventsFile = '', calls = '0'] = process.argv;

async function measure(): Promise<void> {
  const text = readFileSync(eventsFile, 'utf8');
  const before = heapMb();
  const wall = process.hrtime.bigint();
  const cpu = process.cpuUsage();
  const { handler } = require(bundle) as { handler: (event: unknown, context: unknown) => Promise<unknown> };
  const { user, system } = process.cpuUsage(cpu);
  const coldWallMs = Number(process.hrtime.bigint() - wall) / 1e6;
  const times: number[] = [];
  for (let call = 0; call < Number(calls); call++) {
    // The runtime parses the event and writes the answer: that is not the handler's work, but makes a fresh object each time.
    const event: unknown = JSON.parse(text);
    const start = process.cpuUsage();
    await handler(event, { awsRequestId: `r-${call}` });
    const used = process.cpuUsage(start);
    times.push((used.user + used.system) / 1e3);
  }
  const warm = times.slice(Math.floor(times.length / 4)).sort((a, b) => a - b);
  const warmMs = warm[Math.floor(warm.length / 2)] ?? 0;
  writeSync(3, JSON.stringify({ coldWallMs, coldCpuMs: (user + system) / 1e3, warmMs, heapMb: heapMb() - before }));
}

function heapMb(): number {
  global.gc?.();
  return process.memoryUsage().heapUsed / 2 ** 20;
}

void measure();
