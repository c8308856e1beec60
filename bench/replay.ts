// A million recorded calls decided again by 200 policies over 50 tools, as `governed-gateway replay` does. Ends with 4 when it takes more than
// 60 s of two cores, or when memory grows with the number of calls.
// Run: npx tsx bench/replay.ts
import { once } from 'node:events';
import { createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EXIT } from '../lib/cli/exit-code';
import { projectionOf } from '../lib/contract/decision-record/projection';
import type { DecisionRecord } from '../lib/contract/decision-record/record';
import { LOCAL_GATEWAY_ARN } from '../lib/contract/local-arn';
import { readLines } from '../lib/decisions/read/file-lines';
import { CallReader } from '../lib/decisions/read/read-calls';
import { DecideAgain } from '../lib/decisions/replay/decide-again';
import { Replay } from '../lib/decisions/replay/replay';
import { preparePolicySet } from '../lib/policy/decision/policy-set';
import { recordedTools } from '../lib/policy/decision/recorded-tools';
import { callOf, policiesOf, targetsOf } from './policy-subject';

const CALLS = Number(process.argv[2] ?? 1_000_000);
const TOOLS = 50;
/** Calls that differ in what policies read. */
const KINDS = 20_000;
const SECONDS = 60;
const MEGABYTES = 450;

const set = preparePolicySet({
  policies: policiesOf(200, TOOLS),
  targets: targetsOf(TOOLS),
  mode: 'ENFORCE',
  gatewayArn: LOCAL_GATEWAY_ARN,
});
const tools = recordedTools(set);
const folder = mkdtempSync(join(tmpdir(), 'replay-'));
const file = join(folder, 'records.jsonl');
void measure();

async function measure(): Promise<void> {
  try {
    await write();
    const replay = new Replay({ after: new DecideAgain(set), now: new Date() });
    const reader = new CallReader((call) => replay.add(call));
    let most = 0;
    let lines = 0;
    const before = process.cpuUsage();
    const start = performance.now();
    await readLines(
      file,
      (line) => {
        reader.line(line);
        if (lines++ % 10_000 === 0) most = Math.max(most, process.memoryUsage().rss);
      },
      new AbortController().signal,
    );
    reader.finish();
    const { user, system } = process.cpuUsage(before);
    const cpu = (user + system) / 1e6;
    const { compared, same, notRecorded } = replay.result();
    const memory = most / 2 ** 20;
    console.log(
      `${CALLS} calls: ${((performance.now() - start) / 1e3).toFixed(1)} s, ${cpu.toFixed(1)} s of CPU, ${memory.toFixed(0)} MB at most`,
    );
    console.log(`${compared} decided again, ${same} as before, ${notRecorded.length} reasons for no answer`);
    if (compared !== CALLS || cpu > 2 * SECONDS || memory > MEGABYTES) process.exitCode = EXIT.doesNotHold;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function write(): Promise<void> {
  const kinds = Array.from({ length: KINDS }, (_, index) => recordOf(index));
  const stream = createWriteStream(file);
  for (let index = 0; index < CALLS; index++) {
    const line = JSON.stringify({ ...kinds[(index * 7919) % KINDS], key: `p_${index}` });
    if (!stream.write(`${line}\n`)) await once(stream, 'drain');
  }
  stream.end();
  await once(stream, 'close');
}

function recordOf(index: number): DecisionRecord {
  const call = callOf(index, TOOLS);
  const tool = set.schema.tools.get(call.tool);
  const facts = tools[call.tool];
  if (tool === undefined || facts === undefined) throw new Error(call.tool);
  const projection = projectionOf({ claims: call.principal.tags, arguments: call.input }, facts.reads, tool.input);
  return {
    decisionRecord: 1,
    part: 'call',
    key: '',
    time: call.now.toISOString(),
    caller: `p_${index % 500}`,
    tool: call.tool,
    mode: 'ENFORCE',
    sample: 1,
    schema: facts.schema,
    input: { principal: { type: call.principal.type, id: call.principal.id }, pseudonyms: {}, ...projection },
    outcome: 'allowed',
  };
}
